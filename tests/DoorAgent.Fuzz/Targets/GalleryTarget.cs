using DoorAgent.Sealing;

namespace DoorAgent.Fuzz.Targets;

/// <summary>The bytes of a whole gallery file, open or sealed. A changed file of the door without the key is refused, or says the same as
/// before.</summary>
internal sealed class GalleryFileTarget : FuzzTarget
{
    private const string File = "gallery.db";

    private readonly SealedPromise _promise = new(File);

    public override string Name => "gallery-file";

    public override int MaxLength => 64 << 10;

    public override IReadOnlyList<string> Tokens =>
        ["CREATE TABLE ", "CREATE VIEW ", "CREATE TRIGGER ", "DoAg", "SQLite format 3\0", "always"];

    public override IEnumerable<byte[]> Seeds() => [MadeGallery.Write(File, MadeGallery.NoKey), _promise.Sealed];

    public override void Read(ReadOnlySpan<byte> input)
    {
        // First the gallery is made, which needs the same file.
        _ = _promise.Sealed;
        ScratchFolder.DeleteDatabase(File);
        _promise.Check(ScratchFolder.Write(File, input));
    }

    public override bool Allows(Exception failure) => failure is UserErrorException;
}

/// <summary>Changed rows of a gallery.</summary>
/// <param name="keys">The keys of the door; with one, the gallery is sealed.</param>
internal sealed class GalleryRowsTarget(KeyRing keys) : FuzzTarget
{
    private readonly Lazy<(byte[] Whole, RowEdits Edits, SealedPromise Promise)> _made = new(() => Make(keys));

    public override string Name => NameOf(keys);

    public override int MaxLength => 512;

    public override IReadOnlyList<string> Tokens =>
    [
        "nearest", "mean", "+flip", "always", "active", "lost", "H10301:12:1", "2026-03-01", "2026-03-01T08:00:00Z",
        "\u00ff\u00ff\u007f\u007f",
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        RowEdits edits = _made.Value.Edits;
        // The name that is there: a sealed gallery accepts no other edit.
        yield return edits.Text("person", "name", 0, "anna");
        yield return edits.Text("person", "name", 0, "carla");
        yield return [.. edits.Text("person", "valid_until", 1, "2026-02-30"), .. edits.Text("gallery", "calibration", 0, "mean+flip")];
        yield return edits.Blob("badge", "number", 0, [.. "H10302::7"u8]);
        yield return edits.Blob("encoding", "vector", 1, [0, 0, 0x80, 0x7F, .. new byte[60]]);
        yield return edits.Blob("pin", "salt", 0, 1, 2, 3);
        yield return edits.Blob("encoder", "sha256", 0, new byte[32]);
        yield return [.. edits.Text("gallery", "key_id", 0, "0123456789abcdef"), .. edits.Blob("gallery", "digest", 0, new byte[32])];
        yield return edits.Text("person", "enabled", 0, "0");
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        (byte[] whole, RowEdits edits, SealedPromise promise) = _made.Value;
        ScratchFolder.DeleteDatabase(FileOf(keys));
        string path = ScratchFolder.Write(FileOf(keys), whole);
        edits.Apply(path, input);
        promise.Check(path);
    }

    public override bool Allows(Exception failure) => failure is UserErrorException;

    private static string NameOf(KeyRing keys) => keys.Newest is null ? "gallery-rows" : "sealed-gallery-rows";

    private static string FileOf(KeyRing keys) => $"{NameOf(keys)}.db";

    private static (byte[] Whole, RowEdits Edits, SealedPromise Promise) Make(KeyRing keys)
    {
        SealedPromise promise = new(FileOf(keys));
        byte[] whole = keys.Newest is null ? MadeGallery.Write(FileOf(keys), keys) : promise.Sealed;
        return (whole, new RowEdits(ScratchFolder.File(FileOf(keys))), promise);
    }
}

/// <summary>The promise of the seal: whoever has no key changes nothing that decides who comes in, without being noticed.</summary>
/// <param name="file">Name of the file in the <see cref="ScratchFolder"/>.</param>
internal sealed class SealedPromise(string file)
{
    private readonly Lazy<(byte[] Whole, string Content)> _made = new(() =>
        (MadeGallery.Write(file, MadeGallery.OneKey), MadeGallery.ReadAll(ScratchFolder.File(file), MadeGallery.OneKey).Content));

    /// <summary>The bytes of the sealed gallery.</summary>
    public byte[] Sealed => _made.Value.Whole;

    /// <summary>Reads a gallery. One that is open is another matter: a door that has used a sealed gallery refuses an open one.</summary>
    /// <exception cref="BrokenPromiseException">A sealed gallery says something else than the door wrote.</exception>
    public void Check(string path)
    {
        (bool isSealed, string content) = MadeGallery.ReadAll(path, MadeGallery.OneKey);
        BrokenPromiseException.Unless(!isSealed || content == _made.Value.Content, "A sealed gallery was changed without being noticed.");
    }
}
