import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A client of the server: a thread that reads, and one that writes. */
public class Server {
  static final int FRAME = 200;
  static final List<Server> clients = new ArrayList<>();
  static final TreeSet<String> channels = new TreeSet<>();

  final Socket socket;
  final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(20000);
  String name;
  String channel;

  Server(Socket socket) {
    this.socket = socket;
  }

  public static void main(String[] args) throws IOException {
    ServerSocket listener = new ServerSocket(Integer.parseInt(args[0]), 128);
    while (true) {
      Server client = new Server(listener.accept());
      new Thread(client::read).start();
      new Thread(client::write).start();
    }
  }

  void read() {
    byte[] frame = new byte[FRAME];
    try {
      DataInputStream input = new DataInputStream(socket.getInputStream());
      while (true) {
        input.readFully(frame);
        String text = new String(frame, StandardCharsets.UTF_8).stripTrailing();
        synchronized (clients) {
          handle(text);
        }
      }
    } catch (IOException e) {
      synchronized (clients) {
        clients.remove(this);
        leave();
      }
      close();
    }
  }

  void write() {
    try {
      OutputStream output = new BufferedOutputStream(socket.getOutputStream());
      while (true) {
        if (queue.isEmpty()) {
          output.flush();
        }
        byte[] frame = queue.take();
        if (frame.length == 0) {
          return;
        }
        output.write(frame);
      }
    } catch (IOException | InterruptedException e) {
      close();
    }
  }

  void close() {
    queue.clear();
    queue.offer(new byte[0]);
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  void say(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[FRAME];
    Arrays.fill(frame, (byte) ' ');
    System.arraycopy(bytes, 0, frame, 0, Math.min(bytes.length, FRAME));
    if (!queue.offer(frame)) {
      close(); // it does not read
    }
  }

  void tell(String text) {
    for (Server other : clients) {
      if (other != this && channel.equals(other.channel)) {
        other.say(text);
      }
    }
  }

  void leave() {
    if (channel != null) {
      tell(name + " has left");
      channel = null;
    }
  }

  void handle(String text) {
    if (name == null) {
      name = text;
      clients.add(this);
    } else if (text.startsWith("/")) {
      obey(text.split("\\s+"));
    } else if (text.isEmpty()) {
      return;
    } else if (channel == null) {
      say("Not currently in any channel. Must join a channel before sending messages.");
    } else {
      tell("[" + name + "] " + text);
    }
  }

  void obey(String[] words) {
    String wanted = words.length > 1 ? words[1] : null;
    switch (words[0]) {
      case "/list":
        channels.forEach(this::say);
        break;
      case "/create":
        if (wanted == null) {
          say("/create command must be followed by the name of a channel to create");
        } else if (!channels.add(wanted)) {
          say("Room " + wanted + " already exists, so cannot be created.");
        } else {
          leave();
          channel = wanted;
        }
        break;
      case "/join":
        if (wanted == null) {
          say("/join command must be followed by the name of a channel to join.");
        } else if (!channels.contains(wanted)) {
          say("No channel named " + wanted + " exists. Try '/create " + wanted + "'?");
        } else {
          leave();
          channel = wanted;
          tell(name + " has joined");
        }
        break;
      default:
        say(words[0] + " is not a valid control message. Valid messages are /create, /list, and /join.");
        break;
    }
  }
}
