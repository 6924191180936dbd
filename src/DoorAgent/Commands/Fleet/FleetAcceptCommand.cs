using System.CommandLine;
using DoorAgent.Commands.Output;
using DoorAgent.Fleet;
using DoorAgent.Office;

namespace DoorAgent.Commands.Fleet;

/// <summary>Creates dooragent fleet accept.</summary>
internal static class FleetAcceptCommand
{
    internal static Command Create()
    {
        Argument<string> request = new("REQUEST") { Description = "The door's request: the text, a file with it, or - for the standard input." };
        Option<string> group = new("--group") { Description = "The group of the door.", Required = true };
        Option<string?> to = new("--to") { Description = "File for the answer.", HelpName = "FILE" };
        Option<bool> force = new("--force") { Description = "Overwrites an existing file." };
        Option<bool> yes = new("--yes") { Description = "Does not ask whether the fingerprints are the same." };
        Command command = new("accept", """
            Accepts the request of a door, and prints the answer.

            'dooragent fleet join NAME' on the door printed the request. Compare the fingerprint with the one on the door's screen: whoever
            exchanges a request on its way would otherwise put a door of their own into the group. The answer contains no secret; the
            door's 'dooragent fleet join --answer' takes it.
            Example: sudo dooragent fleet accept request.txt --group lab --to answer.txt
            Exit code 0 when the door may connect, 1 when something waits for the hub, or you say that the fingerprints differ.
            """) { request, group, to, force, yes };
        command.SetAction(async (result, stopping) =>
        {
            string text = JoinTextInput.Read(result.GetRequiredValue(request), "a request");
            JoinRequest asked = Parsed(text);
            string name = result.GetRequiredValue(group);
            if (result.GetValue(to) is { } file)
                OutputFile.EnsureNew(file, result, CommonOptions.DataPlacesOf(result), result.GetValue(force));
            using FleetOffice office = OfficeOption.Open(result);
            office.Groups.Require(name);
            Show(office, asked, name);
            if (!Console.IsInputRedirected && !Console.IsOutputRedirected && !result.GetValue(yes) && !Confirmation.Asks("Does the door's screen show the same fingerprint?"))
            {
                Console.WriteLine("Nothing was accepted.");
                return 1;
            }

            if (DoorAdmission.Admit(office, asked, text, name) is { } made)
                Console.WriteLine(FleetWords.Publication(made));
            else
                Console.WriteLine($"{asked.Door} was accepted before; this is its answer again.");
            int code = await OfficeSending.RunAsync(office, stopping);
            Give(DoorAdmission.Answer(office, office.Doors.Find(asked.Door)!), result.GetValue(to));
            Console.WriteLine($"office's key: {office.Keys.Signing.Public.Fingerprint}   the door shows the same");
            Console.WriteLine("Next, on the door: 'sudo dooragent fleet join --answer FILE', or - and the text above.");
            return code;
        });
        return command;
    }

    private static JoinRequest Parsed(string text)
    {
        try
        {
            return JoinRequest.Parse(text);
        }
        catch (FleetRecordException wrong)
        {
            throw new UserErrorException($"This is not the request of a door: {wrong.Message}.", wrong);
        }
    }

    private static void Show(FleetOffice office, JoinRequest request, string group)
    {
        Console.WriteLine($"door: {request.Door}, dooragent {request.Version}, encoder {request.Encoder?.Name ?? "not chosen yet"}");
        Console.WriteLine($"fingerprint: {request.Fingerprint}");
        if (request.Encoder is { } own && DoorAdmission.EncoderOf(office, group) is { } theirs && (own with { Name = theirs.Name }) != theirs)
        {
            Console.WriteLine($"WARNING: the people of {group} have encodings of {theirs.Name} (rule {theirs.Rule}), and this door has {own.Name} (rule "
                + $"{own.Rule}): it will refuse their faces. On the door: 'dooragent people re-encode' or 'people rule'.");
        }
    }

    private static void Give(string answer, string? file)
    {
        if (file is not null)
            OutputFile.Write(file, answer + "\n", "the answer", isOutputTaken: false);
        Console.WriteLine();
        Console.WriteLine(answer);
        Console.WriteLine();
        if (!Console.IsOutputRedirected)
            Console.WriteLine(TerminalQrCode.Of(answer));
    }
}
