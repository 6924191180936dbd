using System.CommandLine;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet join.</summary>
internal static class FleetJoinCommand
{
    internal static Command Create()
    {
        Argument<string?> name = new("NAME")
        {
            Arity = ArgumentArity.ZeroOrOne, Description = "The door's name in the fleet: small letters, digits and hyphens, such as lab-3.",
        };
        Option<string?> answer = new("--answer") { Description = "The office's answer: a file, the text itself, or - for the standard input." };
        Option<string?> to = new("--to") { Description = "File for the request.", HelpName = "FILE" };
        Option<bool> force = new("--force") { Description = "Overwrites an existing file." };
        Option<bool> yes = new("--yes") { Description = "Does not ask whether the fingerprints are the same." };
        Command command = new("join", """
            On a door: makes the door's keys and prints its request; then takes the office's answer.

            1. 'sudo dooragent fleet join lab-3' here prints the request, as text and as a QR code. It contains no secret.
            2. 'dooragent fleet accept REQUEST --group GROUP' at the office prints the answer.
            3. 'sudo dooragent fleet join --answer FILE' here pins the office's key and connects the door.
            Both sides show fingerprints: compare them, on the telephone or on the paper. Local people stay; the group's people come within
            seconds. The same command again does no harm.
            Exit code 0 when done, 1 when you say that the fingerprints differ.
            """) { name, answer, to, force, yes };
        command.SetAction(result =>
        {
            string? door = result.GetValue(name);
            if (result.GetValue(answer) is { } given)
            {
                if (door is not null)
                    throw new UserErrorException("The answer has the door's name already: leave NAME out with --answer.");
                return DoorJoining.Take(CommonOptions.ShowPlaces(result), given, result.GetValue(yes));
            }

            if (door is null)
                throw new UserErrorException("Which name is the door to have in the fleet? 'sudo dooragent fleet join lab-3', for example.");
            Places places = CommonOptions.ShowPlaces(result);
            return DoorJoining.Ask(places, door, result, result.GetValue(to), result.GetValue(force));
        });
        return command;
    }
}
