using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Galleries;

namespace DoorAgent.Fuzz.Targets;

/// <summary>
/// An archive of people. After a first byte of 0 the rest is the ZIP file; otherwise it is the length of the manifest (two bytes), the
/// manifest, in which SHA and BYTES stand for the right values, and edits of the gallery's rows, and the archive is made of them.
/// </summary>
internal sealed class ArchiveTarget : FuzzTarget
{
    private const string Source = "archive-source.db", Rows = "archive-rows.db", Archive = "people.zip";

    private readonly Lazy<(byte[] Zip, byte[] Gallery, byte[] Manifest, RowEdits Edits)> _made = new(Make);

    public override string Name => "archive";

    public override int MaxLength => 32 << 10;

    public override IReadOnlyList<string> Tokens =>
    [
        "PK\u0003\u0004", "PK\u0001\u0002", "PK\u0005\u0006", ArchiveManifest.Member, ArchiveManifest.GalleryMember, "../", "SHA", "BYTES",
        "\"format\":1", "\"encoder\":", "\"people\":", "\"bytes\":", "9223372036854775807", "null", "carla", "always",
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        (byte[] zip, _, byte[] manifest, RowEdits edits) = _made.Value;
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)manifest.Length);
        yield return [0, .. zip];
        yield return [1, .. length, .. manifest];
        yield return
        [
            1, .. length, .. manifest, .. edits.Text("person", "name", 0, "carla"), .. edits.Text("person", "schedule", 1, "a\u001b"),
        ];
    }

    public override void Read(ReadOnlySpan<byte> input)
    {
        if (input.Length < 3)
            return;
        string path = ScratchFolder.Write(Archive, input[0] == 0 ? input[1..] : Zip(input[1..]));
        using GalleryArchive archive = GalleryArchive.Open(path, ScratchFolder.Path);
        BrokenPromiseException.Unless(archive.Everybody.People.Length == archive.Manifest.People,
            "An archive has other people than it says.");
        _ = MadeGallery.ReadAll(archive.GalleryFile, MadeGallery.NoKey);
    }

    public override bool Allows(Exception failure) => failure is UserErrorException;

    private static (byte[] Zip, byte[] Gallery, byte[] Manifest, RowEdits Edits) Make()
    {
        MadeGallery.Write(Source, MadeGallery.NoKey);
        string path = ScratchFolder.File(Archive);
        GalleryExport.Write(ScratchFolder.File(Source), path, [], withCrops: false, overwrites: true, new SteppedTime());
        byte[] zip = File.ReadAllBytes(path);
        using ZipArchive read = new(new MemoryStream(zip));
        using (Stream from = read.GetEntry(ArchiveManifest.GalleryMember)!.Open())
        using (FileStream to = File.Create(ScratchFolder.File(Rows)))
            from.CopyTo(to);
        byte[] gallery = SmallDatabase.Read(ScratchFolder.File(Rows));
        using StreamReader manifest = new(read.GetEntry(ArchiveManifest.Member)!.Open());
        ArchiveManifest said = ArchiveManifest.Parse(Encoding.UTF8.GetBytes(manifest.ReadToEnd()));
        string text = Encoding.UTF8.GetString(said.ToJson()).Replace(said.Sha256, "SHA", StringComparison.Ordinal)
            .Replace($"\"bytes\": {said.Bytes}", "\"bytes\": BYTES", StringComparison.Ordinal);
        return (zip, gallery, Encoding.UTF8.GetBytes(text), new RowEdits(ScratchFolder.File(Rows)));
    }

    private byte[] Zip(ReadOnlySpan<byte> input)
    {
        int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(input), input.Length - 2);
        byte[] whole = _made.Value.Gallery;
        ScratchFolder.DeleteDatabase(Rows);
        string rows = ScratchFolder.Write(Rows, whole);
        if (input[(2 + length)..] is { IsEmpty: false } edits)
            _made.Value.Edits.Apply(rows, edits);
        byte[] gallery = File.ReadAllBytes(rows);
        string manifest = Encoding.Latin1.GetString(input.Slice(2, length))
            .Replace("SHA", Convert.ToHexStringLower(SHA256.HashData(gallery)), StringComparison.Ordinal)
            .Replace("BYTES", $"{gallery.Length}", StringComparison.Ordinal);
        using MemoryStream made = new();
        using (ZipArchive zip = new(made, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in new[]
                     { (ArchiveManifest.Member, Encoding.Latin1.GetBytes(manifest)), (ArchiveManifest.GalleryMember, gallery) })
            {
                using Stream member = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                member.Write(content);
            }
        }

        return made.ToArray();
    }
}
