using DoorAgent.Evaluation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

public sealed class PictureSetTests
{
    private static PictureSet Four => PictureSet.Of("/set",
    [
        ("Ben", "Ben/1.jpg", "/set/Ben/1.jpg"), ("Anna", "Anna/2.jpg", "/set/Anna/2.jpg"),
        ("Anna", "Anna/1.jpg", "/set/Anna/1.jpg"), ("Cora", "Cora/1.jpg", "/set/Cora/1.jpg"),
    ]);

    [Fact]
    public void ThePicturesOfOnePersonAreNeighboursInOrder()
    {
        Assert.Equal(["Anna", "Ben", "Cora"], Four.People);
        Assert.Equal(["Anna/1.jpg", "Anna/2.jpg", "Ben/1.jpg", "Cora/1.jpg"], Four.Pictures.Select(picture => picture.Name));
        Assert.Equal([0, 0, 1, 2], Four.Pictures.Select(picture => picture.Person));
    }

    [Fact]
    public void APictureThatIsLeftOutTakesItsPairsAndAnEmptyPersonWithIt()
    {
        PictureSet set = Four with { Folds = 1, Pairs = [new(0, 1, true, 0), new(0, 2, false, 0), new(1, 3, false, 0)] };
        PictureSet rest = set.Without(picture => picture.Name == "Ben/1.jpg" ? "shows Cora" : null);
        Assert.Equal(["Anna", "Cora"], rest.People);
        Assert.Equal([new LeftOutPicture("Ben/1.jpg", "shows Cora")], rest.LeftOut);
        Assert.Equal([new SetPair(0, 1, true, 0), new SetPair(1, 2, false, 0)], rest.Pairs);
        Assert.Equal("1 of 3 pairs are not compared, because a picture of theirs is left out.", Assert.Single(rest.Notes));
        Assert.Same(set, set.Without(_ => null));
    }

    [Fact]
    public void AListLeavesOutByNameWithAndWithoutExtensionAndNamesWhatItDoesNotFind()
    {
        PictureSet rest = LeftOutList.Apply(Four,
            [new("Anna/2.jpg", "blurred"), new("Cora/1", "another person"), new("Dora/1.jpg", "unknown")]);
        Assert.Equal(["Anna/1.jpg", "Ben/1.jpg"], rest.Pictures.Select(picture => picture.Name));
        Assert.Equal(["blurred", "another person"], rest.LeftOut.Select(one => one.Reason));
        Assert.Equal("1 of the 3 pictures to leave out are not in this set: Dora/1.jpg.", Assert.Single(rest.Notes));
    }

    [Fact]
    public void AFolderHasAFolderForEachPersonWithPicturesAtAnyDepth()
    {
        using TempFolder folder = new();
        foreach (string name in new[] { "anna/1.jpg", "anna/door/2.PNG", "anna/notes.txt", "ben/1.jpeg", "beside.jpg", "empty/readme" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
            folder.Write(name, "");
        }

        PictureSet set = PictureSetFolder.Open(folder.Path);
        Assert.Equal(["anna", "ben"], set.People);
        Assert.Equal(["anna/1.jpg", "anna/door/2.PNG", "ben/1.jpeg"], set.Pictures.Select(picture => picture.Name));
        Assert.StartsWith("1 pictures directly in the folder", Assert.Single(set.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderWithoutPeopleIsRefused()
    {
        using TempFolder folder = new();
        Assert.Contains("There is no folder with pictures in", Assert.Throws<UserErrorException>(
            () => PictureSetFolder.Open(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => PictureSetFolder.Open(folder.File("none")));
    }
}
