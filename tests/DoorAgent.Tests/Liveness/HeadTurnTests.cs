using CsCheck;
using DoorAgent.Faces;
using DoorAgent.Liveness;

namespace DoorAgent.Tests.Liveness;

public sealed class HeadTurnTests
{
    private const double Fps = 10;

    private static readonly double[] LeftAndBack = [0, 0.2, 0.5, 0.6, 0.6, 0.3, 0.05];

    [Fact]
    public void AHeadThatTurnsAsAskedAndComesBackHasAnswered()
    {
        Assert.Equal(TurnProgress.Answered, After(TurnDirection.Left, LeftAndBack));
        Assert.Equal(TurnProgress.Answered, After(TurnDirection.Right, [.. LeftAndBack.Select(turn => -turn)]));
    }

    [Fact]
    public void TheTurnCountsAgainstTheMedianOfTheFrontalFrames()
    {
        HeadTurn shifted = new(FrontalView.MedianOf([MadeHead.View(0.9), MadeHead.View(0.25), MadeHead.View(-0.4)]), TurnDirection.Left);
        Assert.Equal(TurnProgress.AwaitsTurn, Follow(shifted, [0.25, 0.4, 0.6, 0.6, 0.6, 0.25]).Progress);
        Assert.Equal(TurnProgress.Answered, Follow(shifted, [0.25, 0.45, 0.8, 0.8, 0.8, 0.25]).Progress);
    }

    [Fact]
    public void TheOtherWayIsWrong() =>
        Assert.Equal(TurnProgress.WrongWay, After(TurnDirection.Right, 0, 0.2, 0.5, 0.6, 0.6));

    [Fact]
    public void TwoFramesOfATurnedHeadAreNotEnough() =>
        Assert.Equal(TurnProgress.AwaitsTurn, After(TurnDirection.Left, 0, 0.2, 0.5, 0.6, 0.3, 0));

    [Fact]
    public void TheHeadMustComeBack() =>
        Assert.Equal(TurnProgress.AwaitsReturn, After(TurnDirection.Left, 0, 0.2, 0.5, 0.6, 0.6, 0.6, 0.3));

    [Fact]
    public void AHeadThatIsTurnedBeforeItIsRecognisedStartsFromTheFrontAgain() =>
        Assert.Equal(TurnProgress.AwaitsPerson, After(TurnDirection.Left, 0.6, 0.6, 0.6, 0.3));

    [Fact]
    public void ThePersonMustBeRecognisedAfterTheTurn()
    {
        HeadTurn turned = Follow(Start(), [0, 0.2, 0.5, 0.6, 0.6, 0.3]);
        Assert.Equal(TurnProgress.AwaitsReturn, turned.With(Frame(turned, 0, isPerson: null)).Progress);
        Assert.Equal(TurnProgress.AwaitsPerson, turned.With(Frame(turned, 0, isPerson: false)).Progress);
        Assert.Equal(TurnProgress.Answered, turned.With(Frame(turned, 0, isPerson: true)).Progress);
    }

    [Fact]
    public void AnotherPersonInBetweenStartsAgain()
    {
        HeadTurn begun = Follow(Start(), [0]);
        HeadTurn other = begun.With(Frame(begun, 0, isPerson: false));
        Assert.Equal(TurnProgress.AwaitsPerson, Follow(other, [0.3, 0.5, 0.6, 0.6, 0.3]).Progress);
    }

    [Fact]
    public void AFaceThatJumpsOrIsGoneTooLongStartsAgain()
    {
        HeadTurn turned = Follow(Start(), [0, 0.2, 0.5, 0.6, 0.6, 0.3]);
        Assert.Equal(TurnProgress.AwaitsPerson, turned.With(Frame(turned, 0.3, x: 80)).Progress);
        Assert.Equal(TurnProgress.AwaitsPerson, turned.With(Frame(turned, 0.3, after: 0.51)).Progress);
        Assert.Equal(TurnProgress.AwaitsReturn, turned.With(Frame(turned, 0.3, x: 40, after: 0.5)).Progress);
        Assert.Equal(TurnProgress.AwaitsPerson, turned.Lost().Progress);
    }

    [Fact]
    public void AFrameInWhichNothingIsFollowedBreaksTheFramesInARow()
    {
        HeadTurn two = Follow(Start(), [0, 0.2, 0.5, 0.6]).Unseen();
        Assert.Equal(TurnProgress.AwaitsTurn, Follow(two, [0.6, 0.6]).Progress);
        Assert.Equal(TurnProgress.AwaitsReturn, Follow(two, [0.6, 0.6, 0.6]).Progress);
        Landmarks wrong = MadeHead.View(0.6);
        wrong[2] = (float.NaN, 0);
        HeadTurn odd = Follow(Start(), [0, 0.2, 0.5, 0.6]);
        Assert.Equal(TurnProgress.AwaitsTurn, odd.With(Frame(odd, 0.6) with { Landmarks = wrong }).With(Frame(odd, 0.6)).Progress);
    }

    /// <summary>A sheet or a phone in the hand: moved, turned, tilted, held for as long as one likes.</summary>
    [Fact]
    public void AStillPictureNeverAnswers() => Gen.Select(Gen.Enum<TurnDirection>(), Gen.Float[-0.4f, 0.4f],
        Gen.Select(Gen.Float[0.5f, 1.2f], Gen.Float[-0.5f, 0.5f], Gen.Float[-40, 40], Gen.Float[-1, 1].Array[10]).Array[1, 60]).Sample(
        (asked, pose, views) =>
        {
            HeadTurn turn = new(new FrontalView(MadeHead.Picture(turn: pose)), asked);
            foreach ((float stretch, float shear, float roll, float[] noise) in views)
            {
                Landmarks view = MadeHead.Picture(stretch, shear, roll, pose);
                for (int k = 0; k < Landmarks.Count; k++)
                    view[k] = (view[k].X + noise[2 * k], view[k].Y + noise[(2 * k) + 1]);
                turn = turn.With(Frame(turn, 0) with { Landmarks = view });
                Assert.True(turn.Progress is TurnProgress.AwaitsPerson or TurnProgress.AwaitsTurn);
            }
        });

    /// <summary>Two pictures, one from the front and one turned, exchanged between two frames: each may move as pictures move.</summary>
    [Fact]
    public void AnExchangeOfTwoPicturesNeverAnswers() => Gen.Select(Gen.Float[0.4f, 1.2f],
        Gen.Select(Gen.Bool, Gen.Float[-0.07f, 0.07f]).Array[1, 60]).Sample((turned, frames) =>
        {
            HeadTurn turn = Start();
            foreach ((bool isTurned, float moved) in frames)
            {
                turn = turn.With(Frame(turn, (isTurned ? turned : 0) + moved));
                Assert.NotEqual(TurnProgress.Answered, turn.Progress);
            }
        });

    [Fact]
    public void TheExchangeWouldPassWithAFrameOnTheWay() =>
        Assert.Equal(TurnProgress.Answered, After(TurnDirection.Left, 0, 0.6, 0.6, 0.6, 0.3, 0));

    [Fact]
    public void AFasterCameraIsNotLookedAtMoreThanTenTimesASecond()
    {
        HeadTurn turn = Start().With(Frame(Start(), 0));
        Assert.False(turn.Wants(turn.LastFrame + TimeSpan.FromMilliseconds(99)));
        Assert.True(turn.Wants(turn.LastFrame + TimeSpan.FromMilliseconds(100)));
        Assert.True(Start().Wants(TimeSpan.Zero));
    }

    private static HeadTurn Start(TurnDirection asked = TurnDirection.Left) => new(new FrontalView(MadeHead.View(0)), asked);

    private static TurnProgress After(TurnDirection asked, params double[] turns) => Follow(Start(asked), turns).Progress;

    private static HeadTurn Follow(HeadTurn turn, double[] turns) => turns.Aggregate(turn, (before, t) => before.With(Frame(before, t)));

    private static TurnFrame Frame(HeadTurn before, double turn, bool? isPerson = true, double x = 0, double after = 1 / Fps) => new(
        MadeHead.Box(x), MadeHead.View(turn, x),
        (before.LastFrame == TimeSpan.MinValue ? TimeSpan.FromDays(1) : before.LastFrame) + TimeSpan.FromSeconds(after), isPerson);
}
