using DoorAgent.People;

namespace DoorAgent.Tests.People;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("Anna-Lena O'Neill jr.")]
    [InlineData("user_7")]
    [InlineData("Владимир")]
    [InlineData("陳大文")]
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
    public void OtherTextsAreNot(string text) =>
        Assert.Contains("is not a name", Assert.Throws<UserErrorException>(() => PersonName.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void ANameHasAtMostSixtyFourCharacters()
    {
        Assert.Equal(64, PersonName.Parse(new string('n', 64)).Text.Length);
        Assert.Throws<UserErrorException>(() => PersonName.Parse(new string('n', 65)));
        Assert.True(Assert.Throws<UserErrorException>(() => PersonName.Parse(new string('n', 300))).Message.Length < 250);
    }

    [Fact]
    public void ALetterWithAnAccentIsOneNameHoweverItIsComposed()
    {
        PersonName composed = PersonName.Parse("Ren\u00e9"), apart = PersonName.Parse("Rene\u0301");
        Assert.Equal("Ren\u00e9", apart.Text);
        Assert.Equal(composed.Key, apart.Key);
        Assert.Equal(composed.Key, PersonName.KeyOf("RENE\u0301"));
    }
}
