using System.CommandLine;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Trying;

/// <summary>dooragent try: the first five minutes.</summary>
internal static class TryCommand
{
    private const string FirstWebcam = "/dev/video0";

    private static readonly Option<string?> Camera = new("--camera")
    {
        Description = "The camera that you stand before: a webcam's number, a folder of pictures or a video file. Default: webcam 0 where there is one, else built-in people.",
    };

    private static readonly Option<bool> BuiltIn = new("--builtin") { Description = "Built-in people before a played camera, also where there is a webcam." };

    private static readonly Option<string> Name = new("--name") { Description = "What you are called.", DefaultValueFactory = _ => "you" };

    internal static Command Create()
    {
        Command command = new("try", """
            Shows a door in the terminal and lets you open it: with your own face, or with built-in people.

            Keys show badges, open the door and press the exit button; everything is decided as at a real door. Nothing real
            moves and nothing is kept. Where the input or output is no terminal, commands are read line by line.
            """) { Camera, BuiltIn, Name };
        command.Validators.Add(result =>
        {
            foreach (Option option in new Option[] { CommonOptions.Config, CommonOptions.Data })
            {
                if (result.GetResult(option) is { Implicit: false })
                    result.AddError($"try takes no {option.Name}: it is apart from every real door, and its data are gone afterwards. --set works.");
            }

            if (result.GetValue(BuiltIn) && result.GetValue(Camera) is not null)
                result.AddError("Either --camera or --builtin: one of them stands before the camera, you or they.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken stopping)
    {
        PersonName name = PersonName.Parse(result.GetRequiredValue(Name));
        if (TryCast.Enrolled.Any(actor => NameSkeleton.Of(actor.Name).IsConfusableWith(NameSkeleton.Of(name.Text))))
            throw new UserErrorException($"{name.Text} is one of the built-in people already; take another --name.");
        bool isScreen = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        DoorSettings settings = TrySettings.With(result.GetValue(CommonOptions.Set) ?? []);
        string? camera = result.GetValue(Camera) ?? (isScreen && !result.GetValue(BuiltIn) && File.Exists(FirstWebcam) ? "0" : null);
        TryRun run = new(settings, Places.Resolve(null, result.GetValue(CommonOptions.Models)).ModelDirectories, isScreen);
        await run.RunAsync(camera, name, stopping);
        Console.WriteLine("Next: 'dooragent people add NAME --camera 0 --badge H10301:1:1' enrols somebody for good, 'dooragent run --help' is the door itself; the README tells the rest.");
        return 0;
    }
}
