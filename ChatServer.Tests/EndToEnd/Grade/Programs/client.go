// A chat client: a goroutine for the server, and one for the user.
package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
)

const frameSize = 200

func main() {
	name, place := os.Args[1], os.Args[2]+":"+os.Args[3]
	server, err := net.Dial("tcp", net.JoinHostPort(os.Args[2], os.Args[3]))
	if err != nil {
		fmt.Printf("Unable to connect to %s\n", place)
		os.Exit(1)
	}
	ended := make(chan bool, 1)
	go receive(server, place, ended)
	send(server, name)
	fmt.Print("[Me] ")
	input := bufio.NewReader(os.Stdin)
	for {
		line, err := input.ReadString('\n')
		if err != nil && line == "" {
			break
		}
		send(server, strings.TrimRight(line, " \t\r\n"))
		fmt.Print("[Me] ")
	}
	ended <- true
	server.(*net.TCPConn).CloseWrite()
	select {}
}

func receive(server net.Conn, place string, ended chan bool) {
	frame := make([]byte, frameSize)
	for {
		if _, err := io.ReadFull(server, frame); err != nil {
			break
		}
		text := strings.TrimRight(string(frame), " \t\r\n")
		if text != "" {
			fmt.Print("\r    \r" + text + "\n[Me] ")
		}
	}
	select {
	case <-ended:
		os.Exit(0)
	default:
		fmt.Printf("\r    \rServer at %s has disconnected\n", place)
		os.Exit(1)
	}
}

func send(server net.Conn, text string) {
	for len(text) > 0 {
		frame := []byte(strings.Repeat(" ", frameSize))
		text = text[copy(frame, text):]
		server.Write(frame)
	}
}
