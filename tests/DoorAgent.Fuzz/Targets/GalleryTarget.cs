namespace DoorAgent.Fuzz.Targets;

/// <summary>The bytes of a whole gallery file.</summary>
internal sealed class GalleryFileTarget : FuzzTarget
{
    private const string File = "gallery.db";

    public override string Name => "gallery-file";

    public override int MaxLength => 64 << 10;

    public override IReadOnlyList<string> Tokens =>
        ["CREATE TABLE ", "CREATE VIEW ", "CREATE TRIGGER ", "DoAg", "SQLite format 3\0", "always"];

    public override IEnumerable<byte[]> Seeds() => [MadeGallery.Write(File)];

    public override void Read(ReadOnlySpan<byte> input)
    {
        ScratchFolder.DeleteDatabase(File);
        MadeGallery.ReadAll(ScratchFolder.Write(File, input));
    }

    public override bool Allows(Exception failure) => failure is UserErrorException;
}

/// <summary>Changed rows of a gallery.</summary>
internal sealed class GalleryRowsTarget : FuzzTarget
{
    private const string File = "gallery-rows.db";

    private readonly Lazy<(byte[] Whole, RowEdits Edits)> _made =
        new(() => (MadeGallery.Write(File), new RowEdits(ScratchFolder.File(File))));

    public override string Name => "gallery-rows";

    public override int MaxLength => 512;

    public override IReadOnlyList<string> Tokens =>
    [
        "nearest", "mean", "+flip", "always", "active", "lost", "H10301:12:1", "2026-03-01", "2026-03-01T08:00:00Z",
        "\u00ff\u00ff\u007f\u007f",
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        RowEdits edits = _made.Value.Edits;
        yield return edits.Text("person", "name", 0, "carla");
        yield return [.. edits.Text("person", "valid_until", 1, "2026-02-30"), .. edits.Text("gallery", "calibration", 0, "mean+flip")];
        yield return edits.Blob("badge", "number", 0, [.. "H10302::7"u8]);
        yield return edits.Blob("encoding", "vector", 1, [0, 0, 0x80, 0x7F, .. new byte[60]]);
        yield return edits.Blob("pin", "salt", 0, 1, 2, 3);
        yield return edits.Blob("encoder", "sha256", 0, new byte[32]);
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        byte[] whole = _made.Value.Whole;
        ScratchFolder.DeleteDatabase(File);
        string path = ScratchFolder.Write(File, whole);
        _made.Value.Edits.Apply(path, input);
        MadeGallery.ReadAll(path);
    }

    public override bool Allows(Exception failure) => failure is UserErrorException;
}
