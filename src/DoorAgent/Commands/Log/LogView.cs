using System.Globalization;
using DoorAgent.Auditing;
using DoorAgent.Commands.Output;
using DoorAgent.Events;
using Serilog.Events;
using Spectre.Console;

namespace DoorAgent.Commands.Log;

/// <summary>Prints records of the journal in columns or as JSON, line by line, so that old and new records look the same.</summary>
internal sealed class LogView(bool isJson, TimeZoneInfo zone)
{
    private DateTime? _day;

    /// <summary>Prints what is above the records.</summary>
    public void Begin(long older, bool isEmpty, bool follows)
    {
        TextWriter notes = isJson ? Console.Error : Console.Out;
        if (older > 0)
            notes.WriteLine($"{older.ToString("#,0", CultureInfo.InvariantCulture)} older "
                + $"{(older == 1 ? "record matches" : "records match")} too: --last shows more, --since and --until select.");
        if (isEmpty)
            notes.WriteLine(follows ? "Nothing in the journal matches yet." : "Nothing in the journal matches.");
        if (!isJson && (!isEmpty || follows))
            Write("grey", LogRow.Heading);
    }

    public void Show(IReadOnlyList<DoorEvent> entries)
    {
        foreach (DoorEvent entry in entries)
        {
            if (isJson)
                JsonLine.Write(EventJson.Of(entry));
            else
                ShowRow(entry);
        }
    }

    private void ShowRow(DoorEvent entry)
    {
        DateTimeOffset? local = entry.Time is { } instant ? TimeZoneInfo.ConvertTime(instant, zone) : null;
        if (local is { } time && time.Date != _day)
        {
            _day = time.Date;
            Write("bold", time.ToString("dddd yyyy-MM-dd, zzz", CultureInfo.InvariantCulture));
        }

        string row = LogRow.Of(entry, local, AnsiConsole.Profile.Width);
        Write(ColourOf(entry), row);
    }

    private static string ColourOf(DoorEvent entry) => (DoorLog.LevelOf(entry), entry.Kind) switch
    {
        (LogEventLevel.Error, _) => "red",
        (LogEventLevel.Warning, _) => "yellow",
        (_, DoorEventKind.Granted or DoorEventKind.GrantedDoorOpen) => "green",
        (_, null) => "grey",
        _ => "default",
    };

    // Rows are already wrapped at the columns.
    private static void Write(string colour, string text)
    {
        foreach (string line in text.Split('\n'))
            AnsiConsole.Write(new Text(line + '\n', Style.Parse(colour)) { Overflow = Overflow.Fold });
    }
}
