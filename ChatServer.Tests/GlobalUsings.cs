// The parts of the checker that all kinds of tests use.
global using HeldPort = ThreadedChat.ChatCheck.Wire.HeldPort;
global using static ThreadedChat.ChatCheck.Wire.ArrayDeconstruction;
