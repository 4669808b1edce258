import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A chat client: a thread for the server, and one for the user. */
public class Client {
  static final int FRAME = 200;
  static final PrintStream screen = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  static volatile boolean hasEnded;

  public static void main(String[] args) {
    String place = args[1] + ":" + args[2];
    Socket socket;
    try {
      socket = new Socket(args[1], Integer.parseInt(args[2]));
    } catch (IOException e) {
      screen.println("Unable to connect to " + place);
      System.exit(1);
      return;
    }
    new Thread(() -> receive(socket, place)).start();
    try {
      OutputStream output = socket.getOutputStream();
      send(output, args[0]);
      show("[Me] ");
      BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line; (line = input.readLine()) != null; ) {
        send(output, line.stripTrailing());
        show("[Me] ");
      }
      hasEnded = true;
      socket.shutdownOutput();
    } catch (IOException e) {
      // The other thread tells that the server has gone.
    }
  }

  static void receive(Socket socket, String place) {
    byte[] frame = new byte[FRAME];
    try {
      DataInputStream input = new DataInputStream(socket.getInputStream());
      while (true) {
        input.readFully(frame);
        String text = new String(frame, StandardCharsets.UTF_8).stripTrailing();
        if (!text.isEmpty()) {
          show("\r    \r" + text + "\n[Me] ");
        }
      }
    } catch (IOException e) {
      if (!hasEnded) {
        show("\r    \rServer at " + place + " has disconnected\n");
      }
      System.exit(hasEnded ? 0 : 1);
    }
  }

  static synchronized void show(String text) {
    screen.print(text);
    screen.flush();
  }

  static void send(OutputStream output, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length; at += FRAME) {
      byte[] frame = new byte[FRAME];
      Arrays.fill(frame, (byte) ' ');
      System.arraycopy(bytes, at, frame, 0, Math.min(FRAME, bytes.length - at));
      output.write(frame);
    }
  }
}
