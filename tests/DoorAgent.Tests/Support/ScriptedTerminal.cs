using DoorAgent.Diagnostics.Setup;

namespace DoorAgent.Tests.Support;

/// <summary>A user who answers by a script: each answer once, to the first question that contains its words, and Enter to all
/// others.</summary>
internal sealed class ScriptedTerminal(params (string To, string Answer)[] script) : ISetupTerminal
{
    private readonly List<(string To, string Answer)> _left = [.. script];

    /// <summary>Everything shown and asked, one line each.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Performs an action on the devices at such a question, and then types nothing until cancelled.</summary>
    public Func<string, bool> Acts { get; init; } = _ => false;

    public void Say(string line) => Lines.Add(line);

    public async Task<string?> AskAsync(string prompt, CancellationToken cancellationToken)
    {
        Say(prompt);
        if (Acts(prompt))
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        int next = _left.FindIndex(step => prompt.Contains(step.To, StringComparison.Ordinal));
        if (next < 0)
            return "";
        string answer = _left[next].Answer;
        _left.RemoveAt(next);
        return answer;
    }
}
