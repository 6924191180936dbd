using DoorAgent.Hardware;
using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>The terminal at which setup asks.</summary>
internal interface ISetupTerminal
{
    /// <summary>Prints a line.</summary>
    void Say(string line);

    /// <summary>Prints a prompt and reads a line; null at the end of the input. A line typed after a cancellation answers the next
    /// prompt.</summary>
    Task<string?> AskAsync(string prompt, CancellationToken cancellationToken);
}

/// <summary>Asks the user for words, for yes or no, and for an action at a device.</summary>
internal sealed class SetupPrompts(ISetupTerminal terminal, TimeProvider time)
{
    private const string Back = "back";
    private const string YesOrNo = "(yes or no)";

    public void Say(string line) => terminal.Say(line);

    /// <summary>Asks a question of setup; Enter accepts the answer in brackets, and a switch accepts only yes or no.</summary>
    /// <returns>The answer; null when the user goes back to the previous question.</returns>
    /// <exception cref="UserErrorException">The input ended.</exception>
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

    /// <summary>Asks for a word; Enter accepts the word in brackets.</summary>
    /// <exception cref="UserErrorException">The input ended.</exception>
    public async Task<string> AskAsync(string question, string? proposed, CancellationToken cancellationToken)
    {
        string prompt = proposed is null ? $"{question}: " : $"{question} [{EffectiveSettings.WithoutPassword(proposed)}]: ";
        while (true)
        {
            string? typed = await terminal.AskAsync(prompt, cancellationToken)
                ?? throw new UserErrorException("The answers ended before the questions did; nothing was written.");
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

    /// <summary>Returns yes or no; null, with a hint to the user, for any other answer.</summary>
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

    /// <summary>Waits until a device reports something, the user presses Enter or the time is over.</summary>
    /// <returns>The report, null without one; and whether the user skipped on purpose.</returns>
    /// <exception cref="IOException">The device is gone.</exception>
    public async Task<(T? Said, bool IsSkipped)> WaitAsync<T>(string what, TimeSpan atMost, Mailbox<T> device,
        CancellationToken cancellationToken) where T : struct
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
        throw new IOException("The line is gone, or another program holds it.");
    }
}
