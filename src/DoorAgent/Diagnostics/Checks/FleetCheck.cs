using System.Globalization;
using DoorAgent.Decisions;
using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Hardware;
using DoorAgent.Link;
using DoorAgent.Link.Fleet;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Settings;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Checks a door of a fleet: its keys and its manifest can be read, the link knows the hub, and the last contact is not too long
/// ago. The clock, which the contact depends on, has a check of its own.</summary>
internal sealed class FleetCheck : ICheck
{
    public string Name => "fleet";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        if (!door.DataFileExists(door.Places.GalleryFile))
        {
            findings.Ok("the door is in no fleet: there is no gallery");
            return Task.CompletedTask;
        }

        FleetGallery gallery = new(door.Places.GalleryFile, door.Time, keys: door.Keys.Find());
        // Reading the standing signs it, so that this proves the door's keys too.
        if (gallery.Standing() is not { } standing)
        {
            findings.Ok("the door is in no fleet");
            return Task.CompletedTask;
        }

        CheckStanding(standing, findings);
        CheckLink(door, standing, findings);
        if (gallery.Manifest() is { } manifest)
            CheckContact(door, standing, manifest, findings);
        return Task.CompletedTask;
    }

    private static void CheckStanding(FleetStanding standing, Findings findings)
    {
        if (standing.Manifest == 0)
            findings.Warn($"{standing.Door} has joined the group {standing.Group}, and has no manifest yet",
                "'dooragent link status' says whether the hub is reached; 'dooragent fleet repair' at the office sends what the hub lacks.");
        else
            findings.Ok(string.Create(CultureInfo.InvariantCulture,
                $"{standing.Door} in group {standing.Group}: people {standing.Count}, manifest {standing.Manifest}"));
        foreach (string fault in standing.Faults)
            findings.Warn(fault.TrimEnd('.'), "'dooragent fleet status' and 'dooragent fleet repair' at the office.");
    }

    private static void CheckLink(DoctorContext door, FleetStanding standing, Findings findings)
    {
        const string Next = "'sudo dooragent fleet join --answer FILE' writes the settings of the link.";
        if (door.Places.SharedSocket is null)
            return;
        FleetOptions? options = File.Exists(LinkPlaces.SystemFile) ? LinkSettings.Load(null, []).Section<FleetOptions>() : null;
        if (options is not { IsOn: true })
            findings.Fault("the link knows no hub, so that nothing of the fleet reaches this door", Next);
        else if ((options.Door, options.Group) != (standing.Door, standing.Group))
            findings.Fault($"the link is {options.Door} in group {options.Group}, and the gallery is {standing.Door} in {standing.Group}", Next);
        else
            findings.Ok($"the link knows the hub {options.Hub}");
    }

    private static void CheckContact(DoctorContext door, FleetStanding standing, FleetManifest manifest, Findings findings)
    {
        const string Next = "'dooragent link status' says why the hub is not reached; check the network and the clock.";
        KeptContact? kept = null;
        try
        {
            kept = new FleetContactFile(door.Places.FleetContactFile).Read();
        }
        catch (InvalidDataException damaged)
        {
            findings.Warn(damaged.Message.TrimEnd('.'), "The door counts from the manifest's time, and writes the file again at the next contact.");
        }

        bool isOurs = kept is not null && (kept.Door, kept.Group) == (standing.Door, standing.Group);
        // The file is up to ten minutes old while the door runs.
        DateTimeOffset contact = door.Running?.Fleet?.LastContact ?? (isOurs ? kept!.At : manifest.Issued);
        DateTimeOffset now = door.Time.GetLocalNow();
        TimeSpan here = door.Time.Monotonic();
        if (new FleetFreshness(BuildInfo.Date).StaleWhy(manifest, new LastContact(contact, here), new(here, now)) is { } why)
            findings.Fault($"the people of the fleet are stale: {why}", Next);
        else if (now - contact < TimeSpan.FromMinutes(1))
            findings.Ok("the last contact to the fleet was less than a minute ago");
        else if (now - contact > TimeSpan.FromDays(1))
            findings.Warn($"the last contact to the fleet was {FleetFreshness.Words(now - contact)} ago", Next);
        else
            findings.Ok($"the last contact to the fleet was {FleetFreshness.Words(now - contact)} ago");
    }
}
