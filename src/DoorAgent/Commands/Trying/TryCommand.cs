using System.CommandLine;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Trying;

/// <summary>Creates dooragent try, which shows a simulated door in the terminal.</summary>
internal static class TryCommand
{
    private const string FirstWebcam = "/dev/video0";

    private static readonly Option<string?> Camera = new("--camera")
    {
        Description = "The camera that you look into: a webcam's number, a folder of pictures or a video file. "
            + "Default: webcam 0 where there is one, else built-in people.",
    };

    private static readonly Option<bool> BuiltIn =
        new("--builtin") { Description = "Uses built-in people and a played camera, even with a webcam." };

    private static readonly Option<string> Name = new("--name") { Description = "Your name.", DefaultValueFactory = _ => "you" };

    internal static Command Create()
    {
        Command command = new("try", """
            Shows a door in the terminal and lets you open it: with your own face, or with built-in people.

            Keys present badges, open the door and press the exit button; all decisions are made as at a real door. Nothing real
            moves and nothing is kept. Where the input or output is not a terminal, commands are read line by line.
            """) { Camera, BuiltIn, Name };
        command.Validators.Add(result =>
        {
            foreach (Option option in new Option[] { CommonOptions.Config, CommonOptions.Data })
            {
                if (result.GetResult(option) is { Implicit: false })
                    result.AddError($"try does not accept {option.Name}: a trial is separate from every real door, "
                        + "and its data are deleted afterwards. --set works.");
            }

            if (result.GetValue(BuiltIn) && result.GetValue(Camera) is not null)
                result.AddError("Either --camera or --builtin: either you or the built-in people stand in front of the camera.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken stopping)
    {
        PersonName name = PersonName.Parse(result.GetRequiredValue(Name));
        if (TrialPeople.Enrolled.Any(person => NameSkeleton.Of(person.Name).IsConfusableWith(NameSkeleton.Of(name.Text))))
            throw new UserErrorException($"{name.Text} is the name of a built-in person; choose another --name.");
        bool isScreen = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        string? camera = result.GetValue(Camera) ?? (isScreen && !result.GetValue(BuiltIn) && File.Exists(FirstWebcam) ? "0" : null);
        IReadOnlyList<string> models = Places.Resolve(null, result.GetValue(CommonOptions.Models)).ModelDirectories;
        TryRun run = new(result.GetValue(CommonOptions.Set) ?? [], models, isScreen);
        await run.RunAsync(camera, name, stopping);
        Console.WriteLine("Next: 'dooragent people add NAME --camera 0 --badge H10301:1:1' enrols a person permanently, 'dooragent run "
            + "--help' explains the door itself, and the README the rest.");
        return 0;
    }
}
