using DoorAgent.Hardware;
using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Whoever answers.</summary>
internal interface ISetupTerminal
{
    /// <summary>Shows a line.</summary>
    void Say(string line);

    /// <summary>Asks, and waits for a line; null when no more will come. A cancelled question's answer is given to the next one.</summary>
    Task<string?> AskAsync(string prompt, CancellationToken cancellationToken);
}

/// <summary>The forms in which setup speaks with whoever is there.</summary>
internal sealed class SetupPrompts(ISetupTerminal terminal, TimeProvider time)
{
    private const string Back = "back";
    private const string YesOrNo = "(yes or no)";

    public void Say(string line) => terminal.Say(line);

    /// <summary>Asks one of setup's questions; Enter takes the answer in brackets, and a switch takes yes or no only.</summary>
    /// <returns>The answer; null when one wants to go back to the question before.</returns>
    /// <exception cref="UserErrorException">No more answers come.</exception>
    public async Task<string?> AskAsync(SetupQuestion question, string? proposed, CancellationToken cancellationToken)
    {
        while (true)
        {
            string answer = await AskAsync($"  {question.Text}{(question.IsSwitch ? $" {YesOrNo}" : "")}", proposed, cancellationToken);
            if (answer.Equals(Back, StringComparison.OrdinalIgnoreCase))
                return null;
            if (!question.IsSwitch)
                return answer;
            if (Meant(answer) is { } isYes)
                return isYes ? "yes" : "no";
        }
    }

    /// <summary>Asks for a word; Enter takes the one in brackets.</summary>
    /// <exception cref="UserErrorException">No more answers come.</exception>
    public async Task<string> AskAsync(string question, string? proposed, CancellationToken cancellationToken)
    {
        string prompt = proposed is null ? $"{question}: " : $"{question} [{EffectiveSettings.WithoutPassword(proposed)}]: ";
        while (true)
        {
            string? typed = await terminal.AskAsync(prompt, cancellationToken)
                ?? throw new UserErrorException("The answers ended before the questions did; nothing is written.");
            if (typed.Trim() is { Length: > 0 } answer)
                return answer;
            if (proposed is not null)
                return proposed;
        }
    }

    /// <summary>Asks for yes or no.</summary>
    public async Task<bool> ConfirmAsync(string question, bool proposed, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Meant(await AskAsync($"{question} {YesOrNo}", proposed ? "yes" : "no", cancellationToken)) is { } isYes)
                return isYes;
        }
    }

    /// <summary>Yes or no; null, and that is said, for anything else.</summary>
    private bool? Meant(string answer)
    {
        switch (answer.ToUpperInvariant())
        {
            case "Y" or "YES":
                return true;
            case "N" or "NO":
                return false;
            default:
                Say("  Please answer yes or no.");
                return null;
        }
    }

    /// <summary>Waits until a device says something, Enter is pressed or the time is over.</summary>
    /// <returns>What it said, null when it did not; and whether that was skipped on purpose.</returns>
    /// <exception cref="IOException">The device is gone.</exception>
    public async Task<(T? Said, bool IsSkipped)> WaitAsync<T>(string what, TimeSpan atMost, Mailbox<T> device, CancellationToken cancellationToken) where T : struct
    {
        using CancellationTokenSource over = new(atMost, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        Task<T> saying = NextAsync(device, either.Token);
        Task<string?> skipping = terminal.AskAsync($"{what} within {atMost.TotalSeconds:0} s; Enter skips: ", either.Token);
        await Task.WhenAny(saying, skipping);
        await either.CancelAsync();
        await ((Task)skipping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ((Task)saying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return saying.IsCanceled ? (null, skipping.IsCompletedSuccessfully) : (await saying, false);
    }

    private static async Task<T> NextAsync<T>(Mailbox<T> device, CancellationToken cancellationToken)
    {
        await foreach (T said in device.ReadAllAsync(cancellationToken))
            return said;
        throw new IOException("The line is gone, or ours no more.");
    }
}
