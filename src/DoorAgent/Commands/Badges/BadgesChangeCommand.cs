using System.CommandLine;
using DoorAgent.Commands.People;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Operating;

namespace DoorAgent.Commands.Badges;

/// <summary>Creates dooragent badges block, unblock and remove: verbs that change one badge by its number.</summary>
internal static class BadgesChangeCommand
{
    internal static Command CreateBlock()
    {
        Option<bool> lost = new("--lost") { Description = "Says in alarms that the badge was lost." };
        Command command = Create("block",
            "Blocks a stolen or lost badge. The gallery keeps the badge: presenting it is denied and raises an alarm.",
            result => result.GetValue(lost) ? GalleryChangeKind.Lose : GalleryChangeKind.Block,
            (result, gallery, badge) => gallery.SetBadge(badge, result.GetValue(lost) ? BadgeState.Lost : BadgeState.Blocked),
            result => result.GetValue(lost) ? "lost" : "blocked");
        command.Add(lost);
        return command;
    }

    internal static Command CreateUnblock() =>
        Create("unblock", "Lets a blocked or lost badge be used again, for instance after it was found.",
        _ => GalleryChangeKind.Unblock, (_, gallery, badge) => gallery.SetBadge(badge, BadgeState.Active), _ => "active again");

    internal static Command CreateRemove() => Create(
        "remove", "Removes a badge: the door then treats the badge as unknown, without an alarm. For a lost badge use block.",
        _ => GalleryChangeKind.RemoveBadge, (_, gallery, badge) => gallery.RemoveBadge(badge), _ => "removed");

    private static Command Create(string verb, string description, Func<ParseResult, GalleryChangeKind> kind,
        Action<ParseResult, GalleryFile, Badge> change, Func<ParseResult, string> state)
    {
        Argument<string> number = BadgeArgument.Create();
        Command command = new(verb, description) { number };
        command.SetAction((result, stopping) =>
        {
            Badge badge = BadgeArgument.Parse(result.GetRequiredValue(number));
            return GalleryChange.RunOrAskAsync(result, new GalleryChangeOrder(kind(result), badge.Number),
                gallery => change(result, gallery, badge), $"The badge {badge.Hint} is {state(result)}.", stopping);
        });
        return command;
    }
}
