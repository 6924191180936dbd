using DoorAgent.Decisions;

using static DoorAgent.Tests.Decisions.PolicyScene;

namespace DoorAgent.Tests.Decisions;

/// <summary>Tests of an enrolment with the door's camera while the door goes on working.</summary>
public sealed class CameraLoanTests
{
    [Fact]
    public void APersonBeingEnrolledStartsNoLockoutAndIsStillDenied()
    {
        PolicyScene scene = Lent(60);
        for (int i = 0; i < 4; i++)
            scene.Wait(3).Appear(isMatch: false).Frames(15, Adam, false).Expect("Denied NotRecognised");

        Assert.Empty(scene.State.Faces.Failures);
        scene.Wait(3).Appear().Frames(3, Adam, true).Expect("Granted");
    }

    [Fact]
    public void LeavingDuringTheEnrolmentDoesNotCountEither()
    {
        PolicyScene scene = Lent(60).Appear(isMatch: false);
        scene.Frames(5, Adam, false).Pass(1.1).Expect("AttemptAbandoned Abandoned");
        Assert.Empty(scene.State.Faces.Failures);
    }

    [Fact]
    public void AfterTheEnrolmentAStrangerCountsAgain()
    {
        PolicyScene scene = Lent(5).Wait(6);
        scene.Appear(isMatch: false).Frames(15, Adam, false).Expect("Denied NotRecognised");
        Assert.Single(scene.State.Faces.Failures);
    }

    [Fact]
    public void ABadgeWithAnotherFaceCountsAsUsual()
    {
        PolicyScene scene = new();
        scene.Apply(new CameraLoan(At(scene.Now + 60))).Read(AdamsBadge).Frames(15, Adam, false).Expect("Denied FaceNotMatched");
        Assert.Single(scene.State.People[Adam].Failures);
    }

    [Fact]
    public void ASuspectedSpoofCountsAsUsual()
    {
        PolicyScene scene = Lent(60).Appear().Verdicts(Spoof).Frames(3, Adam, true)
            .Expect("Denied SpoofSuspected");
        Assert.Single(scene.State.Faces.Failures);
    }

    private static PolicyScene Lent(double seconds)
    {
        PolicyScene scene = FaceOnly();
        return scene.Apply(new CameraLoan(At(scene.Now + seconds)));
    }
}
