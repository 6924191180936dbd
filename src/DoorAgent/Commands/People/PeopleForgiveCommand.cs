using System.CommandLine;
using DoorAgent.Operating;

namespace DoorAgent.Commands.People;

/// <summary>Creates dooragent people forgive.</summary>
internal static class PeopleForgiveCommand
{
    internal static Command Create()
    {
        Argument<string?> name = new("NAME") { Description = "The person's name, in any case.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> everybody = new("--all") { Description = "Everybody, as after an evacuation." };
        Command command = new("forgive", """
            Lets a person in who is denied as Passback: the running door forgets whether the person is inside.

            A person who left without showing the badge at the exit reader still counts as inside. Only root and the user that runs the
            door may forgive. The journal records the order and the user. Lockouts are not affected.
            """) { name, everybody };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is null != result.GetValue(everybody))
                result.AddError("Give a name, or --all for everybody.");
        });
        command.SetAction(async (result, stopping) =>
        {
            OperatorRequest request = new(OperatorVerb.Forgive) { Called = result.GetValue(name) };
            Console.WriteLine((await OperatorClient.AskAsync(CommonOptions.ShowPlaces(result), request, stopping)).Done);
            return 0;
        });
        return command;
    }
}
