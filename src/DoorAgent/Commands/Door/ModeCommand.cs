using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DoorAgent.Commands.Output;
using DoorAgent.Hardware.Settings;
using DoorAgent.Modes;
using DoorAgent.Operating;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Door;

/// <summary>Creates dooragent mode.</summary>
internal static class ModeCommand
{
    private const string ClockForm = "HH:mm";

    private static readonly string[] Modes = [.. Enum.GetValues<DoorMode>().Select(WordOf)];

    internal static Command Create()
    {
        Argument<string?> mode = new("MODE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "Without a mode the command shows the present one.",
        };
        mode.AcceptOnlyFromAmong(Modes);
        Option<string> length = new("--for") { Description = "With unlocked: for how long, such as 2h or 30min; at most 12h.", HelpName = "TIME" };
        Option<string> until = new("--until")
        {
            Description = "With unlocked: until when, as hh:mm in the door's local time.", HelpName = "hh:mm",
        };
        Option<bool> evenFleet = new("--even-fleet")
        {
            Description = "With normal, for root only: ends a lockdown of the fleet at this door too. That is an alarm.",
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new("mode", """
            Shows or changes the mode of the running door: normal, held unlocked for a time, or lockdown.

            unlocked: the door stays unlocked until the given time, or until 'dooragent mode normal'. It ends with a restart too.
            lockdown: nobody is let in but people who are marked for it; the exit works. It lasts over restarts, until 'dooragent
            mode normal'.
            A lockdown of the fleet lasts until its time is over or the fleet's office ends it. At the door only root ends it before, with
            'sudo dooragent mode normal --even-fleet'; that is an alarm.
            Every change is on record. Only root and the user that runs the door may change the mode.
            """) { mode, length, until, evenFleet, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(mode) is { } word && !Modes.Contains(word))
            {
                result.AddError($"'{word}' is not a mode.{DidYouMean.Hint(word, Modes)}");
                return;
            }

            bool isUnlocked = result.GetValue(mode) == WordOf(DoorMode.Unlocked);
            bool hasLength = result.GetResult(length) is not null, hasUntil = result.GetResult(until) is not null;
            if (isUnlocked && hasLength == hasUntil)
                result.AddError("unlocked needs its end: --for 2h, or --until 18:00.");
            else if (!isUnlocked && (hasLength || hasUntil))
                result.AddError("--for and --until belong to unlocked.");
            else if (hasLength && LengthOf(result.GetValue(length)!) is null)
                result.AddError($"--for is '{result.GetValue(length)}', and must be a time such as 2h or 30min, at most 12h.");
            else if (hasUntil && !IsClock(result.GetValue(until)))
                result.AddError($"--until is '{result.GetValue(until)}', and must be a time of the day, such as 18:00.");
            else if (result.GetValue(evenFleet) && result.GetValue(mode) != WordOf(DoorMode.Normal))
                result.AddError("--even-fleet belongs to normal.");
            else if (result.GetValue(json) && result.GetValue(mode) is not null)
                result.AddError("--json shows the mode; leave the new one out.");
        });
        command.SetAction(async (result, stopping) =>
        {
            bool isJson = result.GetValue(json);
            Places places = CommonOptions.ShowPlaces(result, isJson);
            if (result.GetValue(mode) is not { } word)
                return await ShowAsync(places, isJson, stopping);
            OperatorRequest request = new(OperatorVerb.Mode, result.GetValue(length) is { } text ? LengthOf(text)!.Value.TotalSeconds : 0)
            {
                Mode = Enum.Parse<DoorMode>(word, ignoreCase: true), Until = result.GetValue(until),
                IsEvenFleet = result.GetValue(evenFleet) ? true : null,
            };
            Console.WriteLine((await OperatorClient.AskAsync(places, request, stopping)).Done);
            return 0;
        });
        return command;
    }

    private static bool IsClock(string? text) =>
        TimeOnly.TryParseExact(text, ClockForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string WordOf(DoorMode mode) => mode.ToString().ToLowerInvariant();

    private static TimeSpan? LengthOf(string text) =>
        SettingText.FindTime(text) is { } time && time > TimeSpan.Zero && time <= ModeRule.LongestUnlock ? time : null;

    private static async Task<int> ShowAsync(Places places, bool isJson, CancellationToken stopping)
    {
        DoorStatus status = (await OperatorClient.AskAsync(places, new OperatorRequest(OperatorVerb.Status), stopping)).Status!;
        if (status.Mode is not { } mode)
            throw new UserErrorException("The running door has an older version, which has no modes. Restart it.");
        if (isJson)
            JsonLine.Write(JsonSerializer.SerializeToNode(mode, OperatorProtocol.Json)!.AsObject());
        else
            Console.WriteLine(ModeWords.Sentence(mode.Words));
        return 0;
    }
}
