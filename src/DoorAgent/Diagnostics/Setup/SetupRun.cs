using DoorAgent.Hardware.Cameras;
using DoorAgent.Running;
using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>A whole setup: answers, a check of all of them, the file, the unit. Until all is answered and checked nothing is written.</summary>
/// <param name="path">The file.</param>
/// <param name="draft">What it says so far.</param>
/// <param name="given">Answers of options, by the option's name.</param>
/// <param name="devices">The devices.</param>
/// <param name="terminal">Where it speaks, and asks.</param>
internal sealed class SetupRun(string path, SetupDraft draft, IReadOnlyDictionary<string, string> given, ISetupDevices devices, ISetupTerminal terminal)
{
    private bool _isPaused;

    /// <summary>Asks at the terminal what no option answered.</summary>
    /// <exception cref="UserErrorException">The answers cannot be used together, or the file cannot be written.</exception>
    public async Task AskAsync(DoorUnit unit, CancellationToken cancellationToken)
    {
        SettingsPlace place = new(path);
        SetupPrompts prompts = new(terminal, devices.Time);
        prompts.Say($"Sets up {path}. Enter takes what stands in brackets. 'back' returns to the question before,");
        prompts.Say("and from the first one of a part to the part before. Ctrl-C ends it; nothing is written before the end.");
        _isPaused = unit.IsRunning && await prompts.ConfirmAsync(
            "The door is at work and holds its lines. Stop it while they are tried? It is locked meanwhile.", proposed: true, cancellationToken);
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

    /// <summary>Takes the options' answers, and asks nothing.</summary>
    /// <param name="takesDefaults">Whether what no option answers keeps its default; else it is missing.</param>
    /// <exception cref="UserErrorException">Answers are missing or cannot be used, or the file cannot be written.</exception>
    public void Take(bool takesDefaults)
    {
        foreach (SetupQuestion question in SetupParts.Questions)
        {
            if ((given.GetValueOrDefault(question.Option) ?? draft.Current(question)) is { } answer)
                draft.Put(question, answer);
        }

        SetupQuestion[] missing = [.. SetupParts.Questions.Where(question => question.Applies(draft) && !given.ContainsKey(question.Option)
            && (!takesDefaults || draft.Current(question) is null))];
        if (missing.Length > 0)
        {
            string asked = takesDefaults ? "These have no default" : "There is no terminal to ask at, and these are not answered (--yes takes the defaults of those that have one)";
            throw new UserErrorException($"{asked}; nothing is written:{string.Concat(missing.Select(question => $"{Environment.NewLine}  {question.Option}  {question.Text}"))}");
        }

        Write(new SettingsPlace(path));
    }

    /// <summary>Starts the unit, and says what to do next.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="starts">Whether it is started and enabled; else it is left as it was.</param>
    /// <exception cref="UserErrorException">It does not start.</exception>
    public void Finish(DoorUnit unit, bool starts)
    {
        if (!starts && _isPaused)
            unit.Resume();
        if (starts && unit.IsOurs)
        {
            unit.Start();
            terminal.Say("The door runs, and will at every start of the machine. 'dooragent status' shows it.");
        }

        terminal.Say("Next: 'dooragent people add NAME --images DIR --badge next' enrols somebody with pictures, and the next new card that the running door reads.");
    }

    private void Write(SettingsPlace place)
    {
        if (draft.Errors.Count > 0)
            throw new UserErrorException(string.Join(Environment.NewLine, draft.Errors.Append("Nothing is written.")));
        RefuseMixed();
        terminal.Say(place.Has(draft.Text) ? $"{path} says so already; nothing is written."
            : place.Write(draft.Text) ? $"Written: {path}; what was there before is in {place.Backup}." : $"Written: {path}.");
        foreach (string warning in StartCheck.WarningsOfSettings(draft.Settings))
            terminal.Say($"WARNING: {warning}.");
    }

    /// <summary>The worker would refuse it too, but not before somebody stands at a door that does not start.</summary>
    private void RefuseMixed()
    {
        try
        {
            using ICamera camera = devices.OpenCamera(draft.Hardware);
            if (CameraLiveCheck.Refusal(draft, camera) is { } refusal)
                throw new UserErrorException($"{refusal} Nothing is written.");
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw new UserErrorException($"{failure.Message} Nothing is written.", failure);
        }
    }
}
