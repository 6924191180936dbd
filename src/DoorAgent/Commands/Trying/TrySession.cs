using DoorAgent.Simulation;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Trying;

/// <summary>Does what the user wants, at the door and before the camera.</summary>
/// <param name="door">The door.</param>
/// <param name="board">What there is to see.</param>
/// <param name="played">The camera, where people are put before it.</param>
internal sealed class TrySession(InteractiveDoor door, TryBoard board, SceneCamera? played)
{
    public TryBoard Board => board;

    /// <summary>The steps that can be typed at this door.</summary>
    public IReadOnlyList<ConsoleStep> Typed => door.Typed;

    /// <summary>Completes when the door has ended by itself: it failed.</summary>
    public Task Ended => door.Ended;

    /// <summary>Does it; false when the user wants to leave.</summary>
    public bool Do(TryAction action)
    {
        board.Change(state => state with { Note = null, Typed = null });
        switch (action)
        {
            case TryAction.Leave:
                return false;
            case TryAction.Step step:
                Step(step.What);
                break;
            case TryAction.Type type:
                board.Change(state => state with { Typed = type.Text });
                break;
            case TryAction.Refused refused:
                Refuse(refused.Why);
                break;
            case TryAction.Stand stand:
                Stage(state => state with { Standing = stand.Who });
                break;
            case TryAction.SwitchLight:
                Stage(state => state with { IsDark = !state.IsDark });
                break;
            case TryAction.PullCable:
                Stage(state => state with { IsUnplugged = !state.IsUnplugged });
                break;
        }

        return true;
    }

    private void Step(StepAction what)
    {
        try
        {
            if (!door.Do(what))
                Refuse($"'{StepSyntax.Write(what)}' cannot be done here.");
        }
        catch (Exception refused) when (refused is UserErrorException or FormatException)
        {
            Refuse(refused.Message);
        }
    }

    private void Refuse(string why) => board.Change(state => state with { Note = why });

    /// <summary>Changes what the camera sees, and shows it so.</summary>
    private void Stage(Func<TryState, TryState> change)
    {
        board.Change(change);
        if (played is null)
            return;
        TryState state = board.State;
        if (state.Standing?.Folder is { } folder)
            played.Show([.. Directory.GetFiles(Path.Combine(Places.BuiltInPeople, folder), "*.jpg").Order(StringComparer.Ordinal)]);
        else
            played.Show(CameraView.None);
        if (state.IsDark)
            played.Show(CameraView.Dark);
        if (state.IsUnplugged)
            played.Show(CameraView.Unplugged);
    }
}
