using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Setup;

/// <summary>Asks part by part, and tries each part before it goes on.</summary>
/// <param name="draft">Takes the answers.</param>
/// <param name="given">Answers of options, by the option's name: these are not asked.</param>
/// <param name="bench">The devices.</param>
/// <param name="talk">Who answers.</param>
internal sealed class SetupInterview(SetupDraft draft, IReadOnlyDictionary<string, string> given, ISetupBench bench, SetupTalk talk)
{
    /// <summary>Asks everything.</summary>
    /// <exception cref="UserErrorException">A given answer cannot be used, or no more answers come.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (SetupPart part in SetupParts.All)
        {
            talk.Say("");
            talk.Say(part.Title);
            foreach (string line in part.Shows(draft, bench))
                talk.Say($"  {line}");
            foreach (SetupQuestion question in part.Questions)
                await AnswerAsync(question, cancellationToken);
            while (!await IsGoodAsync(part, cancellationToken))
            {
                foreach (SetupQuestion question in part.Questions.Where(question => question.Applies(draft)))
                    await AskAsync(question, cancellationToken);
            }
        }
    }

    private async Task AnswerAsync(SetupQuestion question, CancellationToken cancellationToken)
    {
        if (given.TryGetValue(question.Option, out string? answer))
        {
            IReadOnlyList<string> wrong = draft.Take(question, answer);
            if (wrong.Count > 0)
                throw new UserErrorException(string.Join(Environment.NewLine, wrong.Append($"That is {question.Option} {EffectiveSettings.WithoutPassword(answer)}; nothing is written.")));
            talk.Say($"  {question.Text}: {EffectiveSettings.WithoutPassword(answer)}");
            Warn(question, answer);
        }
        else if (question.Applies(draft))
        {
            await AskAsync(question, cancellationToken);
        }
    }

    private async Task AskAsync(SetupQuestion question, CancellationToken cancellationToken)
    {
        while (true)
        {
            string answer = await talk.AskAsync($"  {question.Text}", draft.Current(question), cancellationToken);
            if (question.Risks(answer) is { } risk && !draft.IsOn(risk.Key))
            {
                if (!await talk.ConfirmAsync($"  {risk.Risk} Is that accepted?", proposed: false, cancellationToken))
                    continue;
                draft.Set(risk.Key, bool.TrueString);
            }

            IReadOnlyList<string> wrong = draft.Take(question, answer);
            if (wrong.Count == 0)
            {
                Warn(question, answer);
                return;
            }

            foreach (string line in wrong)
                talk.Say($"  {line}");
        }
    }

    private void Warn(SetupQuestion question, string answer)
    {
        if (question.Warns(answer) is { } warning)
            talk.Say($"  Note: {warning}");
    }

    private async Task<bool> IsGoodAsync(SetupPart part, CancellationToken cancellationToken)
    {
        if (part.Check is null)
            return true;
        try
        {
            return await part.Check.RunAsync(draft, bench, talk, cancellationToken);
        }
        catch (IOException failure)
        {
            talk.Say($"  {failure.Message}");
            return await talk.ConfirmAsync("  Keep these answers all the same?", proposed: false, cancellationToken);
        }
    }
}
