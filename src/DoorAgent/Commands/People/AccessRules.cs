using System.CommandLine;
using DoorAgent.Decisions;
using DoorAgent.Operating;
using DoorAgent.Running;
using DoorAgent.Schedules;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands.People;

/// <summary>The rules that decide who may enter now, from the settings and the running door.</summary>
/// <param name="Rule">Decides about one person.</param>
/// <param name="Hours">The configured schedules.</param>
internal sealed record AccessRules(EligibilityRule Rule, AccessHours Hours)
{
    /// <summary>Returns the hours that the settings configure, and those of the fleet's group.</summary>
    public static AccessHours HoursOf(DoorSettings settings, Places places) =>
        settings.HoursBy(TimeProvider.System, BuildInfo.Date).With(RunningFleet.HoursOf(places).Schedules);

    /// <summary>Returns the rules; null, with a warning, where the settings for decisions cannot be used.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="running">State of the running door, which knows who is locked out; null where no door was asked.</param>
    public static AccessRules? OrNull(ParseResult result, DoorStatus? running = null)
    {
        try
        {
            DoorSettings settings = CommonOptions.SettingsOf(result);
            AccessHours hours = HoursOf(settings, CommonOptions.PlacesOf(result));
            EligibilityRule rule = new(settings.Decisions, hours, running?.LockedOut.ToDictionary(one => one.Id, one => one.Until))
            {
                FleetStale = running?.Fleet is { IsStrict: true } fleet ? fleet.Stale : null,
            };
            return new AccessRules(rule, hours);
        }
        catch (UserErrorException wrong)
        {
            Console.Error.WriteLine($"WARNING: who may enter is not known: {wrong.Message}");
            return null;
        }
    }
}
