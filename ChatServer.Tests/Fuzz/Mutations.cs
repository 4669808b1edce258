using CsCheck;

namespace ThreadedChat.ChatServer.Tests.Fuzz;

/// <summary>Hostile streams: some of the <see cref="Corpus"/>, joined and mutated a few times.</summary>
internal static class Mutations
{
    /// <summary>Bytes in a stream at most, however often a part of it is doubled.</summary>
    private const int MostBytes = 8_000;

    /// <summary>0 to 1: a place in a stream of any length.</summary>
    private static readonly Gen<double> Place = Gen.Double.Unit;

    private static readonly Gen<byte[]> Seed = Gen.OneOf([.. Corpus.Streams.Select(stream => stream.Bytes)]);
    private static readonly Gen<byte[]> Sequence = Gen.OneOf([.. Corpus.Sequences.Select(sequence => sequence.Bytes)]);

    private static readonly Gen<Func<byte[], byte[]>> FlipOfBit = Gen.Select<double, int, Func<byte[], byte[]>>(
        Place, Gen.Int[0, 7], (place, bit) => bytes =>
        {
            if (bytes.Length == 0)
            {
                return bytes;
            }

            byte[] flipped = [.. bytes];
            flipped[(int)(place * bytes.Length)] ^= (byte)(1 << bit);
            return flipped;
        });

    private static readonly Gen<Func<byte[], byte[]>> Truncation =
        Place.Select<double, Func<byte[], byte[]>>(place => bytes => bytes[..At(bytes, place)]);

    private static readonly Gen<Func<byte[], byte[]>> LossOfPart = Gen.Select<double, double, Func<byte[], byte[]>>(
        Place, Place, (one, two) => bytes => [.. bytes[..At(bytes, Math.Min(one, two))], .. bytes[At(bytes, Math.Max(one, two))..]]);

    private static readonly Gen<Func<byte[], byte[]>> DoublingOfPart = Gen.Select<double, double, Func<byte[], byte[]>>(
        Place, Place, (one, two) => bytes => [.. bytes[..At(bytes, Math.Max(one, two))], .. bytes[At(bytes, Math.Min(one, two))..]]);

    private static readonly Gen<Func<byte[], byte[]>> Splice = Gen.Select<double, double, byte[], Func<byte[], byte[]>>(
        Place, Place, Seed, (place, from, other) => bytes => [.. bytes[..At(bytes, place)], .. other[At(other, from)..]]);

    private static readonly Gen<Func<byte[], byte[]>> Insertion = Gen.Select<double, byte[], Func<byte[], byte[]>>(
        Place, Sequence, (place, sequence) => bytes => [.. bytes[..At(bytes, place)], .. sequence, .. bytes[At(bytes, place)..]]);

    /// <summary>Streams of no certain length.</summary>
    public static readonly Gen<byte[]> Streams = Gen.Select(
        Seed.Array[1, 4],
        Gen.Frequency((3, FlipOfBit), (1, Truncation), (1, LossOfPart), (1, DoublingOfPart), (2, Splice), (4, Insertion)).Array[0, 6],
        (seeds, changes) => changes.Aggregate((byte[])[.. seeds.SelectMany(seed => seed)], Change));

    private static byte[] Change(byte[] bytes, Func<byte[], byte[]> change)
    {
        byte[] changed = change(bytes);
        return changed.Length <= MostBytes ? changed : bytes;
    }

    private static int At(byte[] bytes, double place) => (int)(place * (bytes.Length + 1));
}
