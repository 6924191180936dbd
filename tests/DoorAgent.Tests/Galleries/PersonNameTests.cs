using DoorAgent.Galleries;

namespace DoorAgent.Tests.Galleries;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("Anna-Lena O'Neill jr.")]
    [InlineData("user_7")]
    [InlineData("Владимир")]
    [InlineData("陳大文")]
    [InlineData("\U00020BB7野家")]
    [InlineData("葛\U000E0100城")]
    [InlineData("城葛\U000E0100")]
    [InlineData("\U0001E900\U0001E923\U0001E925")]
    [InlineData("علی\u200cرضا")]
    [InlineData("O\u2019Brien")]
    [InlineData("Gal·la Marçal")]
    [InlineData("マイケル・ジャクソン")]
    [InlineData("ג׳ורג׳ בן\u05BEדוד")]
    [InlineData("བསྟན་འཛིན")]
    [InlineData("श्री\u0915\u094D\u200dष")]
    [InlineData("Jean\u2010Luc")]
    [InlineData("Mª José")]
    [InlineData("DJ-Иван")]
    [InlineData("Χρήστος Müller")]
    public void NamesOfPeopleAreNames(string text) => Assert.Equal(text, PersonName.Parse(text).Text);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b")]
    [InlineData("-x")]
    [InlineData("a ")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a;b")]
    [InlineData("half \ud800 pair")]
    [InlineData("a\u200cb")]
    [InlineData("علی\u200c")]
    [InlineData("a\u200db")]
    [InlineData("a\u202eb")]
    [InlineData("a\ufeffb")]
    [InlineData("a\u00adb")]
    [InlineData("a\u00a0b")]
    [InlineData("a\u2800b")]
    [InlineData("a\u0378b")]
    [InlineData("a\ue000b")]
    [InlineData("a\U0001F600")]
    [InlineData("\u2010x")]
    [InlineData("\u2019")]
    public void OtherTextsAreNotNames(string text) =>
        Assert.Contains("is not a name", Assert.Throws<UserErrorException>(() => PersonName.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void ANameHasAtMostSixtyFourCharacters()
    {
        Assert.Equal(64, PersonName.Parse(new string('n', 64)).Text.Length);
        Assert.Throws<UserErrorException>(() => PersonName.Parse(new string('n', 65)));
        Assert.True(Assert.Throws<UserErrorException>(() => PersonName.Parse(new string('n', 300))).Message.Length < 250);
    }

    [Fact]
    public void ComposedAndDecomposedAccentsAreOneName()
    {
        PersonName composed = PersonName.Parse("Ren\u00e9"), apart = PersonName.Parse("Rene\u0301");
        Assert.Equal("Ren\u00e9", apart.Text);
        Assert.Equal(composed.Key, apart.Key);
        Assert.Equal(composed.Key, PersonName.KeyOf("RENE\u0301"));
    }

    [Theory]
    [InlineData("\u0410dam", "'\u0410' (U+0410)")]
    [InlineData("Ad\u0430m", "'\u0430' (U+0430) is a Cyrillic letter in a word with the Latin 'd' (U+0064)")]
    [InlineData("N\u03bfra", "Greek")]
    [InlineData("a\u3164b", "U+3164 in it is invisible")]
    [InlineData("a\u034fb", "U+034F in it is invisible")]
    [InlineData("a\ufe0fb", "U+FE0F in it is invisible")]
    [InlineData("a\U000E0100b", "U+E0100 in it is invisible")]
    [InlineData("a\U000E0100葛", "U+E0100 in it is invisible")]
    [InlineData("\uff21dam", "another form of A")]
    [InlineData("\U0001d400dam", "another form of A")]
    public void MisleadingNamesAreRefusedWithTheReason(string text, string reason)
    {
        string said = Assert.Throws<UserErrorException>(() => PersonName.Parse(text)).Message;
        Assert.Contains("is not taken as a name", said, StringComparison.Ordinal);
        Assert.Contains(reason, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u0410dam")]
    [InlineData("a\u3164b")]
    [InlineData("\uff21dam")]
    public void AMisleadingNameFromAnEarlierVersionIsKept(string text) => Assert.Equal(text, PersonName.Written(text).Text);

    [Fact]
    public void SixtyFourCharactersAreCountedAsAReaderCountsThem()
    {
        string name = string.Concat(Enumerable.Repeat("\U00020BB7", 64));
        Assert.Equal(name, PersonName.Parse(name).Text);
        Assert.Throws<UserErrorException>(() => PersonName.Parse(name + "a"));
    }

    // Keys are stored in files: an enrolled name must keep its key forever.
    [Theory]
    [InlineData("Ren\u00e9", "REN\u00c9")]
    [InlineData("Stra\u00dfe", "STRA\u00dfE")]
    [InlineData("\u0131", "\u0131")]
    [InlineData("Владимир", "ВЛАДИМИР")]
    [InlineData("Σίσυφος", "ΣΊΣΥΦΟΣ")]
    public void TheKeyOfANameStays(string name, string key) => Assert.Equal(key, PersonName.KeyOf(name));

    [Theory]
    [InlineData("adam", "adam")]
    [InlineData("ADAM", "adam")]
    [InlineData("o'brien", "O\u2019Brien")]
    [InlineData("علیرضا", "علی\u200cرضا")]
    [InlineData("STRA\u1E9E", "Stra\u00df")]
    [InlineData("Anna\u2010Lena", "Anna-Lena")]
    [InlineData("eve", null)]
    [InlineData("x\ud800", null)]
    public void ANameIsFoundByItsLook(string text, string? found) =>
        Assert.Equal(found, PersonName.Find(text, ["adam", "O\u2019Brien", "علی\u200cرضا", "Stra\u00df", "Anna-Lena"]));

    [Fact]
    public void OfTwoSimilarNamesOnlyTheExactOneIsFound()
    {
        string[] both = ["caca", "\u0441\u0430\u0441\u0430"];
        Assert.Equal(both[0], PersonName.Find("CACA", both));
        Assert.Equal(both[1], PersonName.Find(both[1], both));
        Assert.Null(PersonName.Find("c\u0430ca", both));
    }
}
