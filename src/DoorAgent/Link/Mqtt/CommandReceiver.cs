using DoorAgent.Operating;

namespace DoorAgent.Link.Mqtt;

/// <summary>
/// Carries out commands from the broker. An unlock needs a code, and the code is stored as used before the order goes to the door; locking
/// is safe and needs none. Every refusal is logged in words, and nothing is answered to the broker.
/// </summary>
/// <param name="code">Reads the secret of the codes; throws a <see cref="UserErrorException"/> where there is none.</param>
/// <param name="store">Keeps which codes were used.</param>
/// <param name="order">Sends a request to the door.</param>
/// <param name="time">The clock.</param>
/// <param name="notBefore">The clock was never set while it shows an earlier time.</param>
/// <param name="log">The log.</param>
internal sealed class CommandReceiver(
    Func<byte[]> code, CodeStore store, Func<OperatorRequest, CancellationToken, Task<OperatorAnswer>> order, TimeProvider time,
    DateTimeOffset notBefore, Serilog.ILogger log)
{
    // Whoever may publish commands could fill the log with refusals of one kind.
    private static readonly TimeSpan BetweenRefusals = TimeSpan.FromSeconds(5);

    // A lost connection may still deliver a command beside the next connection, and two must not use the same code.
    private readonly Lock _judging = new();

    private readonly Dictionary<string, (DateTimeOffset QuietUntil, int Unlogged)> _logged = [];

    /// <summary>Carries out a command, or refuses it.</summary>
    /// <param name="payload">The message.</param>
    /// <param name="isRetained">Whether the message was sent to be kept by the broker.</param>
    /// <param name="stopping">Cancels the wait for the door.</param>
    public async Task ReceiveAsync(ReadOnlyMemory<byte> payload, bool isRetained, CancellationToken stopping)
    {
        if (isRetained)
            Refuse("retained", "it was sent with the retain flag, and the broker keeps it. Turn 'retain' off where it is sent from.");
        else if (DoorCommand.Find(payload.Span) is not { } command)
            Refuse("form", "it is not {\"action\": \"LOCK\" or \"UNLOCK\", \"code\": \"123456\"}.");
        else if (!command.IsUnlock)
            await OrderAsync(OperatorVerb.Lock, stopping);
        else if (RefusalOf(command.Code) is (var kind, { } why))
            Refuse(kind, why);
        else
            await OrderAsync(OperatorVerb.Unlock, stopping);
    }

    private async Task OrderAsync(OperatorVerb verb, CancellationToken stopping)
    {
        OperatorAnswer answer = await order(new OperatorRequest(verb) { IsByMqtt = true }, stopping);
        if (answer.Refusal is { } why)
            log.Warning("The door refused a command by MQTT ({Verb}): {Why}", verb, why);
        else
            log.Information("A command by MQTT was carried out ({Verb}): {Done}", verb, answer.Done);
    }

    private (string Kind, string? Why) RefusalOf(string typed)
    {
        try
        {
            CodeRule rule = new(code(), notBefore);
            lock (_judging)
            {
                CodeState before = store.Read() ?? rule.Initial;
                (CodeState after, CodeAnswer answer) = rule.Judge(before, typed, time.GetUtcNow());
                if (after != before)
                    store.Write(after);
                return (answer.ToString(), WordsOf(answer, after));
            }
        }
        catch (Exception failure) when (failure is IOException or UserErrorException)
        {
            return ("unchecked", $"the code cannot be checked. {failure.Message}");
        }
    }

    private static string? WordsOf(CodeAnswer answer, CodeState state) => answer switch
    {
        CodeAnswer.Right => null,
        CodeAnswer.Used => "its code, or a later one, was used before. The app shows another one within 30 s; if this stays, the clock was "
            + "wrong earlier: 'sudo dooragent link totp --new' begins again.",
        CodeAnswer.NotACode => $"it has no code of {CodeRule.Digits} digits.",
        CodeAnswer.Closed => $"there were too many wrong codes; no code counts until {state.ClosedUntil:u}.",
        CodeAnswer.ClockNotSet => "this machine's clock is not set, and codes depend on the time: see 'timedatectl'.",
        CodeAnswer.WrongAndClosed => $"its code is wrong, the {CodeRule.MostWrong}th in a row: no code counts until {state.ClosedUntil:u}.",
        _ => $"its code is wrong ({state.Wrong} of {CodeRule.MostWrong} before a pause). Are the clocks of both sides right?",
    };

    private void Refuse(string kind, string why)
    {
        lock (_judging)
        {
            DateTimeOffset now = time.GetUtcNow();
            (DateTimeOffset quietUntil, int unlogged) = _logged.GetValueOrDefault(kind);
            if (now < quietUntil)
            {
                _logged[kind] = (quietUntil, unlogged + 1);
                return;
            }

            log.Warning("A command by MQTT was refused: {Why}{More}", why, unlogged == 0 ? "" : $" ({unlogged} more like this before.)");
            _logged[kind] = (now + BetweenRefusals, 0);
        }
    }
}
