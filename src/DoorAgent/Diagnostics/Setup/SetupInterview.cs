using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Asks part by part and tries the answers of each part before the next one; the user can go back.</summary>
/// <param name="draft">Receives the answers.</param>
/// <param name="given">Answers from options, by the option's name; their questions are not asked.</param>
/// <param name="devices">The devices.</param>
/// <param name="prompts">Asks the user.</param>
internal sealed class SetupInterview(SetupDraft draft, IReadOnlyDictionary<string, string> given, ISetupDevices devices,
    SetupPrompts prompts)
{
    /// <summary>Asks all parts.</summary>
    /// <exception cref="UserErrorException">A given answer cannot be used, or the input ended.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<SetupPart> parts = SetupParts.All;
        for (int at = 0; at < parts.Count;)
        {
            if (await RunAsync(parts[at], cancellationToken))
                at++;
            else
                at = PartBefore(parts, at);
        }
    }

    /// <summary>Returns the nearest earlier part that asks something; this part where there is none.</summary>
    private int PartBefore(IReadOnlyList<SetupPart> parts, int at)
    {
        for (int before = at - 1; before >= 0; before--)
        {
            if (parts[before].Questions.Any(IsAsked))
                return before;
        }

        prompts.Say("  That is the first question.");
        return at;
    }

    /// <summary>Asks a part and tries the answers.</summary>
    /// <returns>False when the user goes back to the previous part.</returns>
    private async Task<bool> RunAsync(SetupPart part, CancellationToken cancellationToken)
    {
        prompts.Say("");
        prompts.Say(part.Title);
        foreach (string line in part.Shows(draft, devices))
            prompts.Say($"  {line}");
        foreach (SetupQuestion question in part.Questions.Where(question => given.ContainsKey(question.Option)))
            ApplyGiven(question, given[question.Option]);
        SetupQuestion[] toAsk = [.. part.Questions.Where(question => !given.ContainsKey(question.Option))];
        do
        {
            if (!await AskAllAsync(toAsk, cancellationToken))
                return false;
            // After a refusal an answer from an option may be the wrong one, so all questions are asked.
            toAsk = [.. part.Questions];
        }
        while (!await IsGoodAsync(part, cancellationToken));
        return true;
    }

    private bool IsAsked(SetupQuestion question) => !given.ContainsKey(question.Option) && question.Applies(draft);

    /// <summary>Asks questions in order, and again those to which the user goes back.</summary>
    /// <returns>False when the user goes back from the first question.</returns>
    private async Task<bool> AskAllAsync(SetupQuestion[] questions, CancellationToken cancellationToken)
    {
        Stack<int> asked = [];
        for (int at = 0; at < questions.Length;)
        {
            if (!questions[at].Applies(draft))
            {
                at++;
            }
            else if (await AskAsync(questions[at], cancellationToken))
            {
                asked.Push(at++);
            }
            else
            {
                if (!asked.TryPop(out at))
                    return false;
            }
        }

        return true;
    }

    private void ApplyGiven(SetupQuestion question, string answer)
    {
        IReadOnlyList<string> wrong = draft.TryAnswer(question, answer);
        if (wrong.Count > 0)
            throw new UserErrorException(string.Join(Environment.NewLine, wrong.Append($"That is {question.Option} "
                + $"{EffectiveSettings.WithoutPassword(answer)}; nothing was written.")));
        prompts.Say($"  {question.Text}: {EffectiveSettings.WithoutPassword(answer)}");
        Warn(question, answer);
    }

    /// <summary>Asks until an answer can be used.</summary>
    /// <returns>False when the user goes back.</returns>
    private async Task<bool> AskAsync(SetupQuestion question, CancellationToken cancellationToken)
    {
        // Later answers will be asked again and must not refuse a change of this one.
        draft.Reopen(SetupParts.Questions.SkipWhile(each => each != question));
        while (true)
        {
            string? answer = await prompts.AskAsync(question, draft.Current(question), cancellationToken);
            if (answer is null)
                return false;
            if (!await AcceptAsync(question.Risks(answer, draft, devices), cancellationToken))
                continue;
            IReadOnlyList<string> wrong = draft.TryAnswer(question, answer);
            if (wrong.Count == 0)
            {
                Warn(question, answer);
                return true;
            }

            foreach (string line in wrong)
                prompts.Say($"  {line}");
        }
    }

    /// <summary>Asks whether risks are accepted, and sets the switches of those that are.</summary>
    /// <returns>False when one is not accepted.</returns>
    private async Task<bool> AcceptAsync(IEnumerable<(string Key, string Risk)> risks, CancellationToken cancellationToken)
    {
        foreach ((string key, string risk) in risks.Where(risk => !draft.IsOn(risk.Key)))
        {
            if (!await prompts.ConfirmAsync($"  {risk} Is that accepted?", proposed: false, cancellationToken))
                return false;
            draft.Set(key, bool.TrueString);
        }

        return true;
    }

    private void Warn(SetupQuestion question, string answer)
    {
        if (question.Warns(answer) is { } warning)
            prompts.Say($"  Note: {warning}");
    }

    private async Task<bool> IsGoodAsync(SetupPart part, CancellationToken cancellationToken)
    {
        if (part.Check is null)
            return true;
        try
        {
            return await part.Check.RunAsync(draft, devices, prompts, cancellationToken);
        }
        catch (IOException failure)
        {
            prompts.Say($"  {failure.Message}");
            return await prompts.ConfirmAsync("  Keep these answers all the same?", proposed: false, cancellationToken);
        }
    }
}
