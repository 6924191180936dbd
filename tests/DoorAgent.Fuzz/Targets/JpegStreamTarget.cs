using DoorAgent.Hardware.Cameras;

namespace DoorAgent.Fuzz.Targets;

/// <summary>A Motion JPEG stream of a camera's program. The first byte is the length of the pieces in which the stream arrives.</summary>
internal sealed class JpegStreamTarget : FuzzTarget
{
    public override string Name => "mjpeg";

    public override int MaxLength => 8192;

    public override IReadOnlyList<string> Tokens => ["\u00ff"];

    public override IEnumerable<byte[]> Seeds()
    {
        byte[] picture = MadePictures.All().First(bytes => bytes is [0xFF, 0xD8, ..]);
        yield return [7, .. picture, 0, 1, 2, .. picture];
        yield return [0, 0xFF, 0xD8, 0xFF, 0xFE, 0, 6, 0xFF, 0xD9, 0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 1, 0xFF, 0, 0xFF, 0xD0, 2, 0xFF, 0xD9];
    }

    /// <summary>The pictures must not depend on the pieces in which the stream arrives.</summary>
    public override void Read(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;
        List<byte[]> whole = Split(input[1..], input.Length), pieces = Split(input[1..], input[0] + 1);
        bool areEqual = whole.Count == pieces.Count
            && whole.Zip(pieces).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
        BrokenPromiseException.Unless(areEqual, "The pictures depend on the pieces in which the stream arrives.");
        BrokenPromiseException.Unless(whole.All(picture => picture is [0xFF, 0xD8, .., 0xFF, 0xD9]),
            "A picture is not between its markers.");
    }

    public override bool Allows(Exception failure) => false;

    private static List<byte[]> Split(ReadOnlySpan<byte> stream, int length)
    {
        JpegSplitter splitter = new();
        List<byte[]> pictures = [];
        for (int at = 0; at < stream.Length; at += length)
        {
            ReadOnlySpan<byte> piece = stream[at..Math.Min(at + length, stream.Length)];
            while (!piece.IsEmpty)
            {
                if (splitter.TrySplit(piece, out int used))
                    pictures.Add([.. splitter.Picture]);
                piece = piece[used..];
            }
        }

        return pictures;
    }
}
