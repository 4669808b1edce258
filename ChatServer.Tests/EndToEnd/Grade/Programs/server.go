// A chat server: for each client one goroutine that reads, and one that writes.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
)

const frameSize = 200

type client struct {
	conn    net.Conn
	queue   chan []byte
	name    string
	channel string
}

var (
	gate     sync.Mutex
	clients  = map[*client]bool{}
	channels []string
)

func main() {
	listener, err := net.Listen("tcp", ":"+os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for {
		conn, err := listener.Accept()
		if err != nil {
			continue
		}
		one := &client{conn: conn, queue: make(chan []byte, 20000)}
		go one.read()
		go one.write(one.queue)
	}
}

func (one *client) read() {
	frame := make([]byte, frameSize)
	for {
		if _, err := io.ReadFull(one.conn, frame); err != nil {
			break
		}
		text := strings.TrimRight(string(frame), " \t\r\n")
		gate.Lock()
		one.handle(text)
		gate.Unlock()
	}
	gate.Lock()
	delete(clients, one)
	one.leave()
	close(one.queue)
	one.queue = nil
	gate.Unlock()
	one.conn.Close()
}

func (one *client) write(queue chan []byte) {
	for frame := range queue {
		if _, err := one.conn.Write(frame); err != nil {
			one.conn.Close()
		}
	}
}

func (one *client) say(text string) {
	if one.queue == nil {
		return
	}
	frame := []byte(strings.Repeat(" ", frameSize))
	copy(frame, text)
	select {
	case one.queue <- frame:
	default:
		one.conn.Close() // it does not read
	}
}

func (one *client) tell(text string) {
	for other := range clients {
		if other != one && other.channel == one.channel {
			other.say(text)
		}
	}
}

func (one *client) leave() {
	if one.channel != "" {
		one.tell(one.name + " has left")
		one.channel = ""
	}
}

func (one *client) handle(text string) {
	switch {
	case one.name == "":
		one.name = text
		clients[one] = true
	case text == "":
	case text[0] == '/':
		one.obey(strings.Fields(text))
	case one.channel == "":
		one.say("Not currently in any channel. Must join a channel before sending messages.")
	default:
		one.tell("[" + one.name + "] " + text)
	}
}

func exists(channel string) bool {
	for _, other := range channels {
		if other == channel {
			return true
		}
	}
	return false
}

func (one *client) obey(words []string) {
	hasName := len(words) > 1
	switch {
	case words[0] == "/list":
		for _, channel := range channels {
			one.say(channel)
		}
	case words[0] == "/create" && !hasName:
		one.say("/create command must be followed by the name of a channel to create")
	case words[0] == "/create" && exists(words[1]):
		one.say("Room " + words[1] + " already exists, so cannot be created.")
	case words[0] == "/create":
		one.leave()
		channels = append(channels, words[1])
		one.channel = words[1]
	case words[0] == "/join" && !hasName:
		one.say("/join command must be followed by the name of a channel to join.")
	case words[0] == "/join" && !exists(words[1]):
		one.say("No channel named " + words[1] + " exists. Try '/create " + words[1] + "'?")
	case words[0] == "/join":
		one.leave()
		one.channel = words[1]
		one.tell(one.name + " has joined")
	default:
		one.say(words[0] + " is not a valid control message. Valid messages are /create, /list, and /join.")
	}
}
