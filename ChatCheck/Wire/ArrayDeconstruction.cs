namespace ThreadedChat.ChatCheck.Wire;

/// <summary>Lets a case give names to the people that it gathers: <c>(Person ana, Person bob) = fixture.Gather(channel, "Ana", "Bob")</c>.</summary>
internal static class ArrayDeconstruction
{
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public static void Deconstruct<T>(this T[] items, out T first, out T second) =>
        (first, second) = items is [var one, var two] ? (one, two) : throw WrongLength(items.Length);

    /// <inheritdoc cref="Deconstruct{T}(T[], out T, out T)"/>
    public static void Deconstruct<T>(this T[] items, out T first, out T second, out T third) =>
        (first, second, third) = items is [var one, var two, var three] ? (one, two, three) : throw WrongLength(items.Length);

    private static ArgumentException WrongLength(int length) => new($"There are {length} items.", nameof(length));
}
