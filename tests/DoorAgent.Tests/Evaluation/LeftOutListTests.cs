using DoorAgent.Evaluation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

public sealed class LeftOutListTests
{
    [Fact]
    public void TheWrongNamesOfLfwArePartOfTheProgram()
    {
        IReadOnlyList<LeftOutPicture> errata = LeftOutList.Read(LeftOutList.LfwErrata);
        Assert.Equal(24, errata.Count);
        Assert.Equal(24, errata.Select(picture => picture.Name).Distinct().Count());
        Assert.All(errata, picture => Assert.Matches(@"^(\w+)/\1_\d{4}$", picture.Name));
    }

    [Fact]
    public void ALineWithoutAReasonIsRefusedWithItsNumber()
    {
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "list.txt");
        File.WriteAllText(file, "# comment\nAnna/Anna_0001\tblurred\nBen/Ben_0001\n");
        Assert.Contains("line 3: 'Ben/Ben_0001' has no reason", Assert.Throws<UserErrorException>(() => LeftOutList.Read(file)).Message,
            StringComparison.Ordinal);
    }
}
