using DoorAgent.Evaluation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

public sealed class PairsFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public PairsFileTests()
    {
        Picture("Anna/Anna_0001.jpg");
        Picture("Anna/Anna_0002.png");
        Picture("Ben/Ben_0001.jpg");
        Picture("Ben/Ben_0002.jpg");
        Picture("Cora/Cora_0001.jpg");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OneNumberMeansOneFoldAndOnlyNamedPicturesAreInTheSet()
    {
        PictureSet set = Read("1\nAnna\t1\t2\nAnna\t1\tBen\t2\n\n");
        Assert.Equal(1, set.Folds);
        Assert.Equal(["Anna/Anna_0001.jpg", "Anna/Anna_0002.png", "Ben/Ben_0002.jpg"], set.Pictures.Select(picture => picture.Name));
        Assert.Equal([new SetPair(0, 1, IsMated: true, 0), new SetPair(0, 2, IsMated: false, 0)], set.Pairs);
    }

    [Fact]
    public void TwoNumbersMeanFoldsOfAsManyPairs()
    {
        PictureSet set = Read("2 1\nAnna 1 2\nAnna 1 Ben 1\nBen 1 2\nBen 2 Cora 1\n");
        Assert.Equal((2, 4), (set.Folds, set.Pairs.Count));
        Assert.Equal([0, 0, 1, 1], set.Pairs.Select(pair => pair.Fold));
    }

    [Fact]
    public void AmongAllPicturesOfAFolderThePairsKeepTheirPictures()
    {
        PictureSet all = PairsFile.Read(Write("1\nBen 1 2\nBen 1 Cora 1\n")).Among(PictureSetFolder.Open(_folder.Path));
        Assert.Equal(5, all.Pictures.Count);
        Assert.Equal(["Ben/Ben_0001.jpg", "Ben/Ben_0001.jpg"], all.Pairs.Select(pair => all.Pictures[pair.One].Name));
        Assert.Equal(["Ben/Ben_0002.jpg", "Cora/Cora_0001.jpg"], all.Pairs.Select(pair => all.Pictures[pair.Other].Name));
    }

    [Theory]
    [InlineData("", "line 1: it must be the number of pairs")]
    [InlineData("many\n", "line 1: it must be the number of pairs")]
    [InlineData("0\n", "line 1: it must be the number of pairs")]
    [InlineData("1 2 3\n", "line 1: it must be the number of pairs")]
    [InlineData("1\nAnna 1 2\n", "line 1: it promises 1 pairs of one person and 1 of two in each fold; fold 1 has 1 and 0")]
    [InlineData("1\nAnna 1 2\nBen 1 2\n", "fold 1 has 2 and 0")]
    [InlineData("1\nAnna 1\n", "line 2: 'Anna 1' is neither NAME 1 2 nor NAME 1 OTHER 2")]
    [InlineData("1\n\nAnna 1 zwei\n", "line 3: 'zwei' is not the number of a picture")]
    [InlineData("1\nAnna 0 1\n", "line 2: '0' is not the number of a picture")]
    [InlineData("1\nAnna 1 1\n", "line 2: it compares a picture with itself")]
    [InlineData("1\nAnna 1 Anna 2\n", "line 2: it names Anna as two people")]
    [InlineData("1\n../Anna 1 2\n", "line 2: '../Anna' is not the name of a person's folder")]
    [InlineData("1\nAnna 1 2\nAnna 1 Dora 1\n", "line 3: there is no picture Dora/Dora_0001.jpg in")]
    public void AnErrorNamesTheLine(string text, string words) =>
        Assert.Contains(words, Assert.Throws<UserErrorException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void AMissingFileIsAnErrorOfTheUser() =>
        Assert.Throws<UserErrorException>(() => PairsFile.Read(_folder.File("none.txt")));

    private PictureSet Read(string text) => PairsFile.Read(Write(text)).In(_folder.Path);

    private string Write(string text) => _folder.Write("pairs.txt", text);

    private void Picture(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        _folder.Write(name, "");
    }
}
