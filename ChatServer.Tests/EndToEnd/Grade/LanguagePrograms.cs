namespace ThreadedChat.ChatServer.Tests.EndToEnd.Grade;

/// <summary>Right servers of part 0 in other languages than Python.</summary>
internal static class LanguagePrograms
{
    public const string C =
        """
        #include <stdio.h>
        #include <stdlib.h>
        #include <unistd.h>
        #include <netinet/in.h>
        #include <sys/socket.h>
        int main(int argc, char **argv) {
          int yes = 1, server = socket(AF_INET, SOCK_STREAM, 0);
          struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])) };
          setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
          if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 5)) return 1;
          for (;;) {
            char bytes[1024];
            ssize_t count;
            int client = accept(server, 0, 0);
            while ((count = recv(client, bytes, sizeof bytes, 0)) > 0) fwrite(bytes, 1, count, stdout);
            printf("\n");
            fflush(stdout);
            close(client);
          }
        }

        """;

    public const string Java =
        """
        import java.io.IOException;
        import java.net.ServerSocket;
        import java.net.Socket;

        public class BasicServer {
          public static void main(String[] args) throws IOException {
            ServerSocket server = new ServerSocket(Integer.parseInt(args[0]));
            while (true) {
              try (Socket client = server.accept()) {
                System.out.println(new String(client.getInputStream().readAllBytes(), "UTF-8"));
              } catch (IOException e) {
                // The client is gone.
              }
            }
          }
        }

        """;

    public const string Go =
        """
        package main

        import (
            "fmt"
            "io"
            "net"
            "os"
        )

        func main() {
            listener, err := net.Listen("tcp", ":"+os.Args[1])
            if err != nil {
                os.Exit(1)
            }
            for {
                client, err := listener.Accept()
                if err != nil {
                    continue
                }
                text, _ := io.ReadAll(client)
                fmt.Println(string(text))
                client.Close()
            }
        }

        """;

    public const string JavaScript =
        """
        const net = require('net');
        const waiting = [];
        let isBusy = false;
        function next() {
          if (isBusy || waiting.length === 0) return;
          isBusy = true;
          const client = waiting.shift(), parts = [];
          client.on('data', part => parts.push(part));
          client.on('error', () => {});
          client.on('close', () => { console.log(Buffer.concat(parts).toString()); isBusy = false; next(); });
          client.resume();
        }
        net.createServer({ pauseOnConnect: true }, client => { waiting.push(client); next(); }).listen(Number(process.argv[2]));

        """;

    public const string CSharpProject =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
          </PropertyGroup>
        </Project>

        """;

    public const string CSharp =
        """
        using System;
        using System.IO;
        using System.Net;
        using System.Net.Sockets;

        var listener = new TcpListener(IPAddress.Any, int.Parse(args[0]));
        listener.Start();
        while (true)
        {
            using TcpClient client = listener.AcceptTcpClient();
            try
            {
                Console.WriteLine(new StreamReader(client.GetStream()).ReadToEnd());
            }
            catch (IOException)
            {
            }
        }

        """;
}
