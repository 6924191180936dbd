using System.CommandLine;
using DoorAgent.Operating;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people lockdown and dooragent people two-person.</summary>
internal static class PeopleMarkCommand
{
    /// <summary>The words that set and remove a mark.</summary>
    public static IReadOnlyList<string> Words { get; } = ["on", "off"];

    internal static Command CreateLockdown() => Create("lockdown", """
        Lets a person in during a lockdown too, or no longer.

        During a lockdown ('dooragent mode lockdown') nobody enters but the people who are marked. A running daemon follows within a second.
        """, GalleryChangeKind.AllowInLockdown, GalleryChangeKind.DenyInLockdown);

    internal static Command CreateTwoPerson() => Create("two-person", """
        Lets a person in only together with a second person, or alone again.

        The door stays locked until two different people passed all other rules, one within 15 s after the other
        (Decisions:TogetherWithin); then both are granted. Decisions:TwoPersonHours names hours in which everybody needs a second
        person. A running daemon follows within a second.
        """, GalleryChangeKind.RequireSecondPerson, GalleryChangeKind.AllowAlone);

    private static Command Create(string verb, string description, GalleryChangeKind on, GalleryChangeKind off)
    {
        Argument<string> name = PersonArguments.Name();
        Argument<string> word = new("on|off") { Description = "on sets the mark, off removes it." };
        word.AcceptOnlyFromAmong([.. Words]);
        Command command = new(verb, description) { name, word };
        command.SetAction((result, stopping) =>
        {
            GalleryChangeOrder order = new(result.GetRequiredValue(word) == Words[0] ? on : off, result.GetRequiredValue(name));
            return GalleryChange.RunOrAskAsync(result, order, gallery => OperatorGallery.Make(gallery, order), OperatorGallery.DoneOf(order),
                stopping);
        });
        return command;
    }
}
