using DoorAgent.Enrolment;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Enrolment;

public sealed class CsvTextTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a,b\n1,2", "1:a|b", "2:1|2")]
    [InlineData("a;b\r\n1;2\r\n", "1:a|b", "2:1|2")]
    [InlineData("a\tb\n1,5\t2\n", "1:a|b", "2:1,5|2")]
    [InlineData("a,b\n\n,\n\"x, \"\"y\"\"\",2\n", "1:a|b", "4:x, \"y\"|2")]
    [InlineData("a,b\n\"one\ntwo\",2\n3,4", "1:a|b", "2:one\ntwo|2", "4:3|4")]
    [InlineData("a\n5'2\"\n", "1:a", "2:5'2\"")]
    [InlineData("a,b\n1,", "1:a|b", "2:1|")]
    [InlineData("")]
    public void RecordsAreReadAsSpreadsheetsWriteThem(string text, params string[] records) =>
        Assert.Equal(records, CsvText.Parse(text).Select(record => $"{record.Line}:{string.Join('|', record.Fields)}"));

    [Fact]
    public void AnUnclosedQuoteIsReportedWithItsLine() =>
        Assert.Contains("line 2: the quote", Assert.Throws<UserErrorException>(() => CsvText.Read(_folder.Write("a.csv",
            "a,b\n\"1,2\n3,4\n"))).Message, StringComparison.Ordinal);

    [Fact]
    public void AByteOrderMarkIsNotPartOfTheFirstColumn()
    {
        string file = _folder.File("a.csv");
        File.WriteAllText(file, "name\nadam\n", new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(["name"], CsvText.Read(file)[0].Fields);
    }

    [Fact]
    public void AnotherTextEncodingIsRefusedBecauseNamesWouldBeWrong()
    {
        string file = _folder.File("a.csv");
        File.WriteAllBytes(file, System.Text.Encoding.Latin1.GetBytes("name\nRené\n"));
        Assert.Contains("CSV UTF-8", Assert.Throws<UserErrorException>(() => CsvText.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("name,picture\n", "Did you mean pictures?")]
    [InlineData("name,badge\n", "has no column 'pictures'")]
    [InlineData("name,pictures,Name\n", "a column twice")]
    [InlineData("name,pictures\nanna,a\0b\n", "line 2: pictures contains a character")]
    [InlineData("name,pictures\nadam\n", "line 2: 1 fields, and the first line names 2 columns")]
    public void AListInTheWrongFormIsRefusedWithTheLine(string text, string words) =>
        Assert.Contains(words, Assert.Throws<UserErrorException>(() => PeopleLists.OfCsv(_folder.Write("a.csv", text))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void FoldersOfPicturesAreRelativeToTheFile()
    {
        PersonRow row = Assert.Single(PeopleLists.OfCsv(_folder.Write("a.csv", "Pictures, NAME ,badge,until\nx/y, adam ,H10301:1:1 "
            + "H10301:1:2,2030-01-01\n")));
        Assert.Equal(new PersonRow("line 2", "adam", _folder.File("x/y")) { Badges = "H10301:1:1 H10301:1:2", Until = "2030-01-01" }, row);
    }
}
