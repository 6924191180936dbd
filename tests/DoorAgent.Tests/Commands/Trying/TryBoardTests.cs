using DoorAgent.Commands.Trying;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Commands.Trying;

public sealed class TryBoardTests
{
    private readonly FakeTimeProvider _time = new();

    /// <summary>A door that goes by faces looks at every frame: scripts would wait for ever for it to be done.</summary>
    [Fact]
    public void AFrameThatIsOfNoAttemptDoesNotDisturbTheQuiet()
    {
        TryBoard board = new(SomeTrial.Played, _time);
        FaceReading dark = new(UnusableReason.TooDark, default(Face), 1, null, 0);
        _time.Advance(TimeSpan.FromSeconds(1));
        board.Looked(dark);
        Assert.Equal(TimeSpan.FromSeconds(1), board.QuietFor);

        board.Happened(SomeTrial.Event(DoorEventKind.AttemptOpened));
        _time.Advance(TimeSpan.FromSeconds(1));
        board.Looked(dark);
        Assert.Equal(TimeSpan.Zero, board.QuietFor);
    }
}
