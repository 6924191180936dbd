using DoorAgent.Commands.Trying;
using DoorAgent.Encodings;
using DoorAgent.Events;
using DoorAgent.Faces;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Commands.Trying;

public sealed class TryStateStoreTests
{
    /// <summary>A door in a face mode reads every frame: if such a frame changed the state, scripts would never see an idle door.</summary>
    [Fact]
    public void AFrameOutsideAnAttemptChangesNothing()
    {
        TryStateStore board = new(SomeTrial.Played, new FakeTimeProvider());
        FaceReading dark = new(UnusableReason.TooDark, default(Face), 1, null, 0);
        TryState before = board.State;
        board.OnFrame(dark);
        Assert.Same(before, board.State);

        board.OnEvent(SomeTrial.Event(DoorEventKind.AttemptOpened));
        before = board.State;
        board.OnFrame(dark);
        Assert.NotSame(before, board.State);
    }
}
