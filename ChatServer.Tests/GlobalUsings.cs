// The parts of the checker that all kinds of tests use.
global using HeldPort = ThreadedChat.ChatCheck.Wire.HeldPort;
