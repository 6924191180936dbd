using DoorAgent.Hardware.Cameras;
using OpenCvSharp;

namespace DoorAgent.Fuzz.Targets;

/// <summary>Headers of picture files, which are checked before any decoding.</summary>
internal sealed class PictureHeaderTarget : FuzzTarget
{
    public override string Name => "picture-header";

    public override int MaxLength => MadePictures.MaxLength;

    public override IReadOnlyList<string> Tokens => MadePictures.Tokens;

    public override IEnumerable<byte[]> Seeds() => MadePictures.All();

    public override void Read(ReadOnlySpan<byte> input)
    {
        if (PictureHeader.Read(input) is { } header)
            BrokenPromiseException.Unless(header is { Width: > 0, Height: > 0, WorkingBytes: >= 0 }, "A header has an impossible size.");
    }

    public override bool Allows(Exception failure) => false;
}

/// <summary>Pictures through the decoder that all callers share.</summary>
internal sealed class PictureTarget : FuzzTarget
{
    private readonly Frame _frame = new();

    public override string Name => "picture";

    public override bool IsNative => true;

    public override int MaxLength => MadePictures.MaxLength;

    public override IReadOnlyList<string> Tokens => MadePictures.Tokens;

    public override IEnumerable<byte[]> Seeds() => MadePictures.All();

    public override void Read(ReadOnlySpan<byte> input) => PictureFile.Decode(input, "fuzzed", _frame);

    public override bool Allows(Exception failure) => failure is InvalidDataException;
}

/// <summary>Small pictures of our own in every format that is decoded.</summary>
internal static class MadePictures
{
    public const int MaxLength = 16_384;

    public static IReadOnlyList<string> Tokens =>
        ["IHDR", "IDAT", "IEND", "acTL", "fcTL", "RIFF", "WEBPVP8 ", "VP8X", "ANIM", "Exif", "II*\0", "MM\0*", "BM", "\u00ff\u00d8"];

    public static IEnumerable<byte[]> All()
    {
        using Mat picture = new(16, 24, MatType.CV_8UC3, new Scalar(40, 90, 200));
        Cv2.Circle(picture, 12, 8, 5, new Scalar(250, 250, 250), -1);
        yield return picture.ToBytes(".png");
        yield return picture.ToBytes(".bmp");
        yield return picture.ToBytes(".jpg");
        yield return picture.ToBytes(".jpg", [new ImageEncodingParam(ImwriteFlags.JpegProgressive, 1)]);
        yield return picture.ToBytes(".webp");
        yield return picture.ToBytes(".tiff");
    }
}
