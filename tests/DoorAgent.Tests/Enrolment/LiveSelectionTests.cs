using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Faces;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Enrolment;

/// <summary>The rules, without a network. Degrees are those of <see cref="MadeEncodings"/>: 17.3 degrees are a distance of 0.3, 60 of
/// 1.</summary>
public sealed class LiveSelectionTests
{
    private readonly LiveSelection _selection = new([], samePerson: 1);

    [Fact]
    public void APictureNearAnEarlierOneIsNotTaken()
    {
        Assert.Equal("Kept TooSimilar Kept TooSimilar TooSimilar Kept", Verdicts(0, 17, 18, 5, 20, 40));
        Assert.Equal(3, _selection.Judge(Face(40)).Taken);
    }

    [Fact]
    public void AnotherPersonThanTheFirstIsNotTaken()
    {
        Assert.Equal("Kept AnotherPerson AnotherPerson Kept", Verdicts(0, 61, 180, 20));
        Assert.Contains("press Ctrl-C and start again", _selection.Judge(Face(90)).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void APersonWithPicturesIsComparedWithThem()
    {
        LiveSelection more = new([MadeEncodings.Picture(0, 1)], samePerson: 1);
        Assert.Equal(PictureVerdict.AnotherPerson, more.Judge(Face(70)).Verdict);
        Assert.Equal("another person than the one enrolled", more.Judge(Face(70)).Words);
        Assert.Equal(PictureVerdict.TooSimilar, more.Judge(Face(10)).Verdict);
        Assert.Equal(PictureVerdict.Kept, more.Judge(Face(30)).Verdict);
    }

    [Theory]
    [InlineData(UnusableReason.NoFace, "stand in front of the camera")]
    [InlineData(UnusableReason.SeveralFaces, "one person")]
    [InlineData(UnusableReason.TooDark, "light")]
    [InlineData(UnusableReason.Blurred, "hold still")]
    [InlineData(UnusableReason.TooSmall, "come closer")]
    [InlineData(UnusableReason.NotUpright, "hold your head straight")]
    [InlineData(UnusableReason.OutOfProportion, "set the camera to its own proportions")]
    [InlineData(UnusableReason.FaceCovered, "take off the mask")]
    [InlineData(UnusableReason.UnlikeAFace, "natural colours")]
    [InlineData(UnusableReason.FaceTurned, "turn your head back")]
    internal void EachProblemIsNamedWithAdvice(UnusableReason problem, string advice)
    {
        LiveFinding finding = _selection.Judge(new FaceReading(problem, FaceTurned(0), 2, null, 0));
        Assert.Equal((PictureVerdict.Unusable, problem, 0), (finding.Verdict, finding.Problem, finding.Taken));
        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void ATurnedHeadIsAskedToTurnBack()
    {
        Assert.EndsWith("to the right", Advice(1.2f), StringComparison.Ordinal);
        Assert.EndsWith("to the left", Advice(-1.2f), StringComparison.Ordinal);

        string Advice(float turn) => _selection.Judge(new FaceReading(UnusableReason.FaceTurned, FaceTurned(turn), 1, null, 0)).Advice;
    }

    [Fact]
    public void TheAdviceAsksForTheMissingPose()
    {
        Assert.EndsWith("to the left", _selection.Judge(Face(0)).Advice, StringComparison.Ordinal);
        Assert.EndsWith("to the right", _selection.Judge(Face(18, turn: 0.4f)).Advice, StringComparison.Ordinal);
        Assert.Contains("lift your chin", _selection.Judge(Face(36, turn: -0.4f)).Advice, StringComparison.Ordinal);
        Assert.Contains("lower your chin", _selection.Judge(Face(-18, drop: 0.45f)).Advice, StringComparison.Ordinal);
        Assert.Contains("come a little closer", _selection.Judge(Face(-36, drop: 0.7f)).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void TheMainProblemIsTheMostFrequentOne()
    {
        Assert.Null(_selection.MainProblem);
        _selection.Judge(Face(0));
        _selection.Judge(Face(1));
        _selection.Miss("the camera is not there");
        _selection.Judge(new FaceReading(UnusableReason.TooDark, FaceTurned(0), 1, null, 0));
        _selection.Judge(new FaceReading(UnusableReason.TooDark, FaceTurned(0), 1, null, 0));
        Assert.Equal("too dark (2 of 4 frames not taken): turn on a light, or turn to the window", _selection.MainProblem);
    }

    private string Verdicts(params double[] degrees) => string.Join(' ', degrees.Select(one => _selection.Judge(Face(one)).Verdict));

    private static FaceReading Face(double degrees, float turn = 0, float drop = 0.58f) =>
        new(UnusableReason.None, FaceTurned(turn, drop), 1, MadeEncodings.At(degrees), 1);

    private static Face FaceTurned(float turn, float drop = 0.58f)
    {
        Landmarks points = default;
        (points[0], points[1], points[3], points[4]) = ((40, 40), (80, 40), (45, 80), (75, 80));
        points[2] = (60 + (20 * turn), 40 + (40 * drop));
        return new Face(new FaceBox(20, 20, 80, 100), 0.9f, points);
    }
}
