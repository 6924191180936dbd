using DoorAgent.Hardware.Cameras;
using DoorAgent.Running;
using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Runs a whole setup: collects answers, checks them together, writes the file and starts the unit. Nothing is written before the
/// check.</summary>
/// <param name="path">Path of the configuration file.</param>
/// <param name="draft">The settings so far.</param>
/// <param name="given">Answers from options, by the option's name.</param>
/// <param name="devices">The devices.</param>
/// <param name="terminal">The terminal at which setup asks.</param>
internal sealed class SetupRun(string path, SetupDraft draft, IReadOnlyDictionary<string, string> given, ISetupDevices devices,
    ISetupTerminal terminal)
{
    private bool _isPaused;

    /// <summary>Asks the questions that no option answered.</summary>
    /// <exception cref="UserErrorException">The answers cannot be used together, or the file cannot be written.</exception>
    public async Task AskAsync(DoorUnit unit, CancellationToken cancellationToken)
    {
        SettingsPlace place = new(path);
        SetupPrompts prompts = new(terminal, devices.Time);
        prompts.Say($"Sets up {path}. Enter accepts the answer in brackets. 'back' returns to the previous question,");
        prompts.Say("and from the first question of a part to the previous part. Ctrl-C cancels; nothing is written before the end.");
        _isPaused = unit.IsRunning && await prompts.ConfirmAsync(
            "The door is running and holds its lines. Stop the door while they are tried? It stays locked meanwhile.", proposed: true,
                cancellationToken);
        try
        {
            if (_isPaused)
                unit.Stop();
            await new SetupInterview(draft, given, devices, prompts).RunAsync(cancellationToken);
            Write(place);
        }
        catch
        {
            if (_isPaused)
                unit.Resume();
            throw;
        }
    }

    /// <summary>Applies the answers from options and asks nothing.</summary>
    /// <param name="takesDefaults">Whether unanswered questions keep their defaults; otherwise they are errors.</param>
    /// <exception cref="UserErrorException">Answers are missing or cannot be used, or the file cannot be written.</exception>
    public void ApplyOptions(bool takesDefaults)
    {
        foreach (SetupQuestion question in SetupParts.Questions)
        {
            if ((given.GetValueOrDefault(question.Option) ?? draft.Current(question)) is { } answer)
                draft.SetAnswer(question, answer);
        }

        SetupQuestion[] missing = [.. SetupParts.Questions.Where(question => question.Applies(draft) && !given.ContainsKey(question.Option)
            && (!takesDefaults || draft.Current(question) is null))];
        if (missing.Length > 0)
        {
            string asked = takesDefaults ? "These have no default"
                : "There is no terminal to ask at, and these are not answered (--yes takes the defaults of those that have one)";
            throw new UserErrorException($"{asked}; nothing was "
                + $"written:{string.Concat(missing.Select(question => $"{Environment.NewLine}  {question.Option}  {question.Text}"))}");
        }

        Write(new SettingsPlace(path));
    }

    /// <summary>Starts the unit and names the next step.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="starts">Whether the unit is started and enabled; otherwise it is left as it was.</param>
    /// <exception cref="UserErrorException">The unit does not start.</exception>
    public void Finish(DoorUnit unit, bool starts)
    {
        if (!starts && _isPaused)
            unit.Resume();
        if (starts && unit.IsOurs)
        {
            unit.Start();
            terminal.Say("The door runs now and will start with the machine. 'dooragent status' shows its state.");
        }

        terminal.Say("Next: 'dooragent people add NAME --images DIR --badge next' enrols somebody with pictures, "
            + "and the next new card that the running door reads.");
        terminal.Say("With 20 people or more, 'dooragent calibrate --centre' keeps strangers who look alike before this camera further away "
            + "('dooragent help comparison').");
    }

    private void Write(SettingsPlace place)
    {
        IReadOnlyList<string> wrong = draft.Errors.Count > 0 ? draft.Errors : [.. devices.LivenessOf(draft.Settings).Refusals()];
        if (wrong.Count > 0)
            throw new UserErrorException(string.Join(Environment.NewLine, wrong.Append("Nothing was written.")));
        RefuseMixed();
        terminal.Say(place.Has(draft.Text) ? $"{path} already says so; nothing was written."
            : place.Write(draft.Text) ? $"Written: {path}; the old file is in {place.Backup}." : $"Written: {path}.");
        foreach (string warning in StartCheck.WarningsOfSettings(draft.Settings, devices.LivenessOf(draft.Settings)))
            terminal.Say($"WARNING: {warning}.");
    }

    /// <summary>Refuses a simulated camera at a real door now; the daemon would refuse it too, but only when it starts.</summary>
    private void RefuseMixed()
    {
        try
        {
            using ICamera camera = devices.OpenCamera(draft.Hardware);
            if (CameraLiveCheck.Refusal(draft, camera) is { } refusal)
                throw new UserErrorException($"{refusal} Nothing was written.");
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw new UserErrorException($"{failure.Message} Nothing was written.", failure);
        }
    }
}
