using CsCheck;
using DoorAgent.Galleries;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Galleries;

public sealed class EncodingSelectionTests
{
    private static readonly Gen<EnrolledPicture[]> Pictures =
        Gen.Select(Gen.Double[0, 180], Gen.Float[0.01f, 1]).Select((angle, quality) => MadeEncodings.Picture(angle, 0, quality)).Array[0,
            25];

    [Fact]
    public void TheBestComesFirstAndThenTheFarthest() =>
        Assert.Equal([1, 3, 0], EncodingSelection.Choose([Of(0, 0.5f), Of(30, 1), Of(35, 1), Of(90, 1)], 3));

    [Fact]
    public void ABadPictureMustBeVeryDifferentToBeChosen() =>
        Assert.Equal([0, 1], EncodingSelection.Choose([Of(0, 1), Of(60, 1), Of(90, 0.2f)], 2));

    [Fact]
    public void TheAllowedNumberIsChosenWithoutRepetitionIncludingTheBest() =>
        Gen.Select(Pictures, Gen.Int[1, 10]).Sample((pictures, most) =>
    {
        IReadOnlyList<int> chosen = EncodingSelection.Choose(pictures, most);
        Assert.Equal(Math.Min(most, pictures.Length), chosen.Distinct().Count());
        Assert.Equal(chosen.Count, chosen.Distinct().Count());
        if (pictures.Length > 0)
            Assert.Equal(pictures.Max(picture => picture.Quality), pictures[chosen[0]].Quality);
    });

    [Fact]
    public void EveryStepEqualsANaiveSearch() => Pictures.Sample(pictures =>
    {
        IReadOnlyList<int> chosen = EncodingSelection.Choose(pictures, 10);
        for (int step = 1; step < chosen.Count; step++)
        {
            double best = Enumerable.Range(0, pictures.Length).Except(chosen.Take(step)).Max(i => Worth(pictures, chosen.Take(step), i));
            Assert.Equal(best, Worth(pictures, chosen.Take(step), chosen[step]), 5);
        }
    });

    [Fact]
    public void IdenticalPicturesAreChosenIfThereIsRoom() =>
        Assert.Equal([0, 1, 2], EncodingSelection.Choose([Of(5, 1), Of(5, 1), Of(5, 1)], 10));

    private static double Worth(EnrolledPicture[] pictures, IEnumerable<int> chosen, int i) =>
        pictures[i].Quality * chosen.Min(one => pictures[one].Encoding.DistanceTo(pictures[i].Encoding));

    private static EnrolledPicture Of(double angle, float quality) => MadeEncodings.Picture(angle, 0, quality);
}
