using DoorAgent.Simulation;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Trying;

/// <summary>Performs the user's actions at the door and in front of the camera.</summary>
/// <param name="door">The door.</param>
/// <param name="store">The state of the trial.</param>
/// <param name="played">The played camera; null with a real camera.</param>
internal sealed class TrySession(InteractiveDoor door, TryStateStore store, SceneCamera? played)
{
    public TryStateStore Store => store;

    /// <summary>The steps that can be typed at this door.</summary>
    public IReadOnlyList<ConsoleStep> Typed => door.Typed;

    /// <summary>Completes when the door has failed.</summary>
    public Task Ended => door.Ended;

    /// <summary>Performs an action; returns false when the user leaves.</summary>
    public bool Do(TryAction action)
    {
        store.Change(state => state with { Note = null, Typed = null });
        switch (action)
        {
            case TryAction.Leave:
                return false;
            case TryAction.Step step:
                Step(step.What);
                break;
            case TryAction.Type type:
                store.Change(state => state with { Typed = type.Text });
                break;
            case TryAction.Refused refused:
                Refuse(refused.Why);
                break;
            case TryAction.Stand stand:
                Stage(state => state with { InFrontOfCamera = stand.Who });
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

    private void Refuse(string why) => store.Change(state => state with { Note = why });

    /// <summary>Changes what the camera sees, in the state and in the played camera.</summary>
    private void Stage(Func<TryState, TryState> change)
    {
        store.Change(change);
        if (played is null)
            return;
        TryState state = store.State;
        if (state.InFrontOfCamera?.Folder is { } folder)
            played.Show([.. Directory.GetFiles(Path.Combine(Places.BuiltInPeople, folder), "*.jpg").Order(StringComparer.Ordinal)]);
        else
            played.Show(CameraView.None);
        if (state.IsDark)
            played.Show(CameraView.Dark);
        if (state.IsUnplugged)
            played.Show(CameraView.Unplugged);
    }
}
