using System.Globalization;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Says which doors have a change.</summary>
internal static class ReachView
{
    private const int MostRows = 40;

    /// <summary>Shows how many doors have a change, and which do not.</summary>
    public static void Show(IReadOnlyList<ReachedDoor> doors, DateTimeOffset now)
    {
        Console.WriteLine(Summary(doors));
        ReachedDoor[] missing = [.. doors.Where(door => !door.HasIt)];
        foreach (ReachedDoor door in missing.Take(MostRows))
            Console.WriteLine($"  {door.Report.Door.Name} ({door.Report.Group.Name}): {WhyNot(door, now)}");
        if (missing.Length > MostRows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  and {missing.Length - MostRows:N0} more"));
    }

    /// <summary>Returns how many doors have a change, as a sentence.</summary>
    public static string Summary(IReadOnlyList<ReachedDoor> doors) => doors.Count == 0 ? "No door is in these groups."
        : string.Create(CultureInfo.InvariantCulture, $"{doors.Count(door => door.HasIt):N0} of {doors.Count:N0} doors have it.");

    /// <summary>Returns why a door does not have a change yet, as far as the office knows.</summary>
    public static string WhyNot(ReachedDoor door, DateTimeOffset now) => door.Report switch
    {
        { State: null, Doubt: null } => "has never been at the hub",
        { Doubt: { } doubt } => doubt,
        var report when report.IsOffline(now) => $"offline since {Moment(report.State!.At, now)}, has {report.Serial} of {door.Serial}",
        { State: { Faults: [var fault, ..] } } report => $"online, has {report.Serial} of {door.Serial}: {fault}",
        var report => $"online, has {report.Serial} of {door.Serial}",
    };

    /// <summary>Returns a moment as people say it: the time today, the day within a week, else the date.</summary>
    public static string Moment(DateTimeOffset moment, DateTimeOffset now)
    {
        (DateTime at, DateTime today) = (moment.ToLocalTime().DateTime, now.ToLocalTime().DateTime);
        return at.ToString(at.Date == today.Date ? "HH:mm" : today.Date - at.Date < TimeSpan.FromDays(7) && at < today ? "dddd" : "yyyy-MM-dd",
            CultureInfo.InvariantCulture);
    }

    /// <summary>Returns the doors for programs.</summary>
    public static object Json(IReadOnlyList<ReachedDoor> doors, DateTimeOffset now) => new
    {
        Doors = doors.Count,
        Have = doors.Count(door => door.HasIt),
        Missing = doors.Where(door => !door.HasIt).Select(door => new
        {
            Door = door.Report.Door.Name,
            Group = door.Report.Group.Name,
            Has = door.Report.Serial,
            Needs = door.Serial,
            LastContact = door.Report.State?.At,
            Offline = door.Report.IsOffline(now),
            Why = WhyNot(door, now),
        }),
    };
}
