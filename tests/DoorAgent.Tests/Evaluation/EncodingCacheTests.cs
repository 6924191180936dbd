using System.Runtime.InteropServices;
using DoorAgent.Evaluation;
using DoorAgent.Sealing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

public sealed class EncodingCacheTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Dimension = 5, HeaderBytes = 128, RecordBytes = 32 + 4 + (4 * Dimension) + 4;

    private static readonly EvaluatedNetworks Networks = new("encoder", "11", "detector", "22", 1, Dimension, Flips: false);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnEncodingAndAPictureWithoutAFaceAreKeptForTheNextRunAndForTheOwnerOnly()
    {
        string path = Fill(3);
        using EncodingCache cache = Open();
        Assert.Equal((3, 0, true), (cache.Count, cache.Damaged, cache.IsWritable));
        float[] vector = new float[Dimension];
        Assert.True(cache.Find(Digest(1), vector));
        Assert.Equal(Vector(1), vector);
        Assert.False(cache.Find(Digest(0), vector));
        Assert.Null(cache.Find(Digest(9), vector));
        Assert.Equal((OwnerOnly, OwnerOnly), (File.GetUnixFileMode(path), File.GetUnixFileMode(path + ".lock")));
    }

    [Fact]
    public void TheRecordOfAKilledWriterIsCutOffAndTheOthersStay()
    {
        string path = Fill(3);
        for (int bytes = 1; bytes < RecordBytes; bytes += 7)
        {
            using (FileStream file = new(path, FileMode.Open))
                file.SetLength(HeaderBytes + (2 * RecordBytes) + bytes);
            using EncodingCache cache = Open();
            Assert.Equal((2, 0), (cache.Count, cache.Damaged));
            cache.Add(Digest(7), Vector(7));
            Assert.True(cache.Find(Digest(7), new float[Dimension]));
        }
    }

    [Fact]
    public void AKilledFirstRunLeavesAFileThatIsMadeAgain()
    {
        string path = Fill(1);
        foreach (int bytes in new[] { 0, 5, HeaderBytes - 1 })
        {
            using (FileStream file = new(path, FileMode.Open))
                file.SetLength(bytes);
            using EncodingCache cache = Open();
            Assert.Equal(0, cache.Count);
            cache.Add(Digest(1), Vector(1));
        }

        using EncodingCache last = Open();
        Assert.Equal(1, last.Count);
    }

    [Fact]
    public void ADamagedRecordIsForgottenAndTheFileIsWholeAfterwards()
    {
        string path = Fill(4);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[HeaderBytes + RecordBytes + 40] ^= 1;
        File.WriteAllBytes(path, bytes);
        using (EncodingCache cache = Open())
        {
            Assert.Equal((3, 1), (cache.Count, cache.Damaged));
            float[] vector = new float[Dimension];
            Assert.Null(cache.Find(Digest(1), vector));
            Assert.True(cache.Find(Digest(3), vector));
            Assert.Equal(Vector(3), vector);
        }

        using EncodingCache again = Open();
        Assert.Equal((3, 0), (again.Count, again.Damaged));
        Assert.Equal(HeaderBytes + (3 * RecordBytes), new FileInfo(path).Length);
    }

    [Fact]
    public void AnotherFileIsRefusedAndStaysAsItIs()
    {
        string path = Fill(0);
        File.WriteAllText(path, "somebody's notes");
        Assert.Contains("is not a cache of encodings and is left as it is", Assert.Throws<UserErrorException>(Open).Message,
            StringComparison.Ordinal);
        Assert.Equal("somebody's notes", File.ReadAllText(path));
    }

    [Fact]
    public void OtherNetworksHaveAnotherFileAndARenamedFileIsRefused()
    {
        string path = Fill(1);
        EvaluatedNetworks[] others =
        [
            Networks with { EncoderDigest = "33" }, Networks with { DetectorDigest = "33" }, Networks with { Alignment = 2 },
            Networks with { Flips = true },
        ];
        string[] paths = [.. others.Select(other =>
        {
            using EncodingCache cache = EncodingCache.Open(_folder.Path, other);
            Assert.Equal(0, cache.Count);
            return cache.Path;
        })];
        Assert.Equal(5, paths.Append(path).Distinct().Count());
        File.Copy(path, paths[0], overwrite: true);
        Assert.Contains("was made by other networks", Assert.Throws<UserErrorException>(
            () => EncodingCache.Open(_folder.Path, others[0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASecondWriterOnlyReads()
    {
        Fill(2);
        using EncodingCache first = Open(), second = Open();
        Assert.Equal((true, false), (first.IsWritable, second.IsWritable));
        second.Add(Digest(8), Vector(8));
        first.Add(Digest(9), Vector(9));
        Assert.True(second.Find(Digest(1), new float[Dimension]));
        Assert.Null(second.Find(Digest(8), new float[Dimension]));
        Assert.True(first.Find(Digest(9), new float[Dimension]));
    }

    [Fact]
    public void AClearedCacheIsEmptyForTheNextRunToo()
    {
        Fill(2);
        using (EncodingCache cache = Open())
            cache.Clear();
        using EncodingCache again = Open();
        Assert.Equal(0, again.Count);
    }

    [Fact]
    public void WithAKeyEncodingsAreSealedAndComeBackForThatKeyOnly()
    {
        DoorKey key = DoorKey.Generate();
        string path;
        using (EncodingCache cache = EncodingCache.Open(_folder.Path, Networks, key))
        {
            cache.Add(Digest(1), Vector(1));
            cache.Add(Digest(2), []);
            path = cache.Path;
        }

        byte[] plain = MemoryMarshal.AsBytes(Vector(1).AsSpan()).ToArray(), bytes = File.ReadAllBytes(path);
        Assert.True(bytes.AsSpan().IndexOf(plain.AsSpan(0, 12)) < 0);
        float[] vector = new float[Dimension];
        using (EncodingCache again = EncodingCache.Open(_folder.Path, Networks, key))
        {
            Assert.Equal((2, 0), (again.Count, again.Damaged));
            Assert.True(again.Find(Digest(1), vector));
            Assert.Equal(Vector(1), vector);
            Assert.False(again.Find(Digest(2), vector));
        }

        using (EncodingCache other = EncodingCache.Open(_folder.Path, Networks, DoorKey.Generate()))
            Assert.Equal(0, other.Count);
        bytes[HeaderBytes + 50] ^= 1;
        File.WriteAllBytes(path, bytes);
        using EncodingCache damaged = EncodingCache.Open(_folder.Path, Networks, key);
        Assert.Equal((1, 1), (damaged.Count, damaged.Damaged));
        Assert.Null(damaged.Find(Digest(1), vector));
    }

    [Fact]
    public void WhatWasKeptBeforeTheKeyIsTakenOverAndTheOpenFileIsGone()
    {
        string open = Fill(3);
        using EncodingCache cache = EncodingCache.Open(_folder.Path, Networks, DoorKey.Generate());
        float[] vector = new float[Dimension];
        Assert.Equal(3, cache.Count);
        Assert.True(cache.Find(Digest(2), vector));
        Assert.Equal(Vector(2), vector);
        Assert.False(cache.Find(Digest(0), vector));
        Assert.False(File.Exists(open));
    }

    [Fact]
    public void AnOpenFileInWhichAnotherProgramWritesStays()
    {
        string open = Fill(2);
        using EncodingCache writing = Open(), cache = EncodingCache.Open(_folder.Path, Networks, DoorKey.Generate());
        Assert.Equal(2, cache.Count);
        Assert.True(File.Exists(open));
        writing.Add(Digest(7), Vector(7));
        Assert.True(writing.Find(Digest(7), new float[Dimension]));
    }

    private EncodingCache Open() => EncodingCache.Open(_folder.Path, Networks);

    /// <summary>Keeps pictures from number 0, which shows no face; returns the file's path.</summary>
    private string Fill(int pictures)
    {
        using EncodingCache cache = Open();
        for (int i = 0; i < pictures; i++)
            cache.Add(Digest(i), i == 0 ? [] : Vector(i));
        return cache.Path;
    }

    private static byte[] Digest(int number) => [.. Enumerable.Range(0, 32).Select(i => (byte)(number + i))];

    private static float[] Vector(int number) => [.. Enumerable.Range(0, Dimension).Select(i => number + (i / 8f))];
}
