using System.IO.Compression;
using System.Text;
using DoorAgent.Privacy;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Privacy;

public sealed class NameSearchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Al", true)]
    [InlineData("(AL)", true)]
    [InlineData("x al,", true)]
    [InlineData("Alarm", false)]
    [InlineData("fatal", false)]
    [InlineData("Alé", false)]
    [InlineData("Al2", false)]
    public void ANameIsFoundAsAWholeWordInEachEncoding(string text, bool isFound)
    {
        NameSearch search = new(["Al"]);
        Assert.Equal(isFound, search.IsIn(text));
        if (text.All(char.IsAscii))
        {
            Assert.Equal(isFound, search.IsIn(Encoding.Unicode.GetBytes(text)));
            Assert.Equal(isFound, search.IsIn(Encoding.BigEndianUnicode.GetBytes(text)));
        }
    }

    [Theory]
    [InlineData("""{"person":"\u00c5sa O\u0027Lund"}""", true)]
    [InlineData("""{"person":"\u00C5sa O\u0027Lund"}""", true)]
    [InlineData("""{"person":"\u00c5sa O'Lund"}""", true)]
    [InlineData("""{"person":"\u00C5SA O'LUND"}""", true)]
    [InlineData("""{"person":"\u00c5sa O\u0027Lunden"}""", false)]
    public void ANameIsFoundWithTheEscapesOfJson(string text, bool isFound) =>
        Assert.Equal(isFound, new NameSearch(["Åsa O'Lund"]).IsIn(text));

    /// <summary>The file is read in blocks of a megabyte: the name stands at every place around a border.</summary>
    [Fact]
    public void ANameAcrossTwoBlocksIsFoundAndAPartOfAWordIsNot()
    {
        string file = _folder.File("large");
        NameSearch search = new(["Åsa Lund"]);
        byte[] name = Encoding.UTF8.GetBytes("Åsa Lund");
        for (int before = (1 << 20) - name.Length - 2; before <= (1 << 20) + 2; before++)
        {
            byte[] bytes = [.. Enumerable.Repeat((byte)' ', before), .. name, (byte)' '];
            File.WriteAllBytes(file, bytes);
            Assert.True(search.IsInFile(file), $"{before}");
            bytes[^1] = (byte)'s';
            File.WriteAllBytes(file, bytes);
            Assert.False(search.IsInFile(file), $"{before}");
        }
    }

    [Fact]
    public void PackedFilesAreSearchedUnpacked()
    {
        string zip = _folder.File("a.zip"), gzip = _folder.File("a.gz"), without = _folder.File("b.zip");
        Pack(zip, "of adam and others");
        Pack(without, "of nobody");
        using (GZipStream packed = new(File.Create(gzip), CompressionMode.Compress))
            packed.Write("of adam and others"u8);
        NameSearch search = new(["adam"]);
        Assert.Equal([true, true, false], new[] { zip, gzip, without }.Select(search.IsInFile));

        static void Pack(string file, string text)
        {
            using ZipArchive archive = ZipFile.Open(file, ZipArchiveMode.Create);
            using StreamWriter member = new(archive.CreateEntry("text").Open());
            member.Write(text);
        }
    }
}
