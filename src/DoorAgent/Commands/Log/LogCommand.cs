using System.CommandLine;
using DoorAgent.Auditing;
using DoorAgent.Commands.Output;
using DoorAgent.Events;

namespace DoorAgent.Commands.Log;

/// <summary>Creates dooragent log.</summary>
internal static class LogCommand
{
    internal static Command Create()
    {
        LogOptions options = new();
        Command command = new("log", """
            Shows what happened at the door, from its journal, and explains events.

            Works while a door runs, and on a copy of its journal (--journal FILE). Red is an alarm, yellow a warning, green a
            grant. All filters must match; of --kind, --denied and --alarms one is enough. Exit code 1 when nothing matches, as
            with grep. A line of --json has the fields sequence, time, kind, event (id), level (ERR, WRN, INF, DBG), reason,
            personId, person, badge, distance, threshold, encoder, detail; unknown values are null.
            Examples: dooragent log --since yesterday --person adam     dooragent log --alarms --follow
                      dooragent log --explain FaceNotMatched
            """);
        options.AddTo(command);
        command.Subcommands.Add(LogVerifyCommand.Create());
        command.Subcommands.Add(LogExportCommand.Create());
        command.SetAction(async (result, stopping) =>
        {
            if (options.AsksForExplanation(result, out string? word))
            {
                ExplanationView.Show(word, options.IsMarkdown(result));
                return 0;
            }

            bool isJson = options.IsJson(result), follows = options.Follows(result);
            using JournalReader journal = new(options.Journal(result), options.Filter(result, TimeProvider.System));
            LogView view = new(isJson, TimeProvider.System.LocalTimeZone);
            (IReadOnlyList<DoorEvent> entries, long older) = journal.Last(options.Last(result));
            view.Begin(older, isEmpty: entries.Count == 0, follows);
            view.Show(entries);
            if (!follows)
                return entries.Count > 0 ? 0 : 1;
            using OutputCancellation reading = new(stopping);
            await foreach (IReadOnlyList<DoorEvent> more in JournalFollowing.FollowAsync(journal, TimeProvider.System, reading.Token))
                view.Show(more);
            return 0;
        });
        return command;
    }
}
