using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Galleries;
using DoorAgent.Operating;
using DoorAgent.Storage;
using Spectre.Console;

namespace DoorAgent.Commands.Door;

/// <summary>Creates dooragent status.</summary>
internal static class StatusCommand
{
    internal static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Command command = new("status", """
            Shows the state of the running door: locked or not, what is wrong, and its last events.

            The events of --json have the fields of 'log --json'; door is one of locked, unlocked, open, held-open, forced.
            Exit code 0 when all is well, 1 when something is wrong, 2 when no door runs.
            """) { json };
        command.SetAction(async (result, stopping) =>
        {
            bool isJson = result.GetValue(json);
            Places places = CommonOptions.ShowPlaces(result, isJson);
            DoorStatus status = (await OperatorClient.AskAsync(places, new OperatorRequest(OperatorVerb.Status), stopping)).Status!;
            if (ReminderOf(result, places) is { } reminder)
                status = status with { Notes = [.. status.Notes, reminder] };
            if (isJson)
                JsonLine.Write(StatusJson.Of(status));
            else
                AnsiConsole.Write(StatusView.Of(status));
            return status.Faults.Count == 0 ? 0 : 1;
        });
        return command;
    }

    /// <summary>Returns a reminder of people whose pictures are old; null where there are none, or where this user may talk to the door but
    /// not read its gallery or configuration.</summary>
    private static string? ReminderOf(ParseResult result, Places places)
    {
        try
        {
            TimeSpan? after = CommonOptions.SettingsOf(result).People.ReEnrolAfter;
            if (after is null)
                return null;
            using GalleryFile? gallery = GalleryFile.OpenIfAny(places.GalleryFile);
            IReadOnlyList<PersonEntry> due = ReEnrolment.DueOf(gallery?.People ?? [], after, TimeProvider.System.GetUtcNow());
            return ReEnrolment.Words(due, after) is { } words ? $"{words}. {ReEnrolment.Remedy}" : null;
        }
        catch (UserErrorException)
        {
            return null;
        }
    }
}
