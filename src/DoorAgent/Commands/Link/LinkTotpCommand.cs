using System.CommandLine;
using System.Text;
using DoorAgent.Commands.Output;
using DoorAgent.Link;
using DoorAgent.Link.Mqtt;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Link;

/// <summary>Creates dooragent link totp.</summary>
internal static class LinkTotpCommand
{
    internal static Command Create()
    {
        Option<bool> another = new("--new") { Description = "Makes another secret: the codes of every phone that has the old one end." };
        Command command = new("totp", """
            Shows the secret of the codes that unlock the door by MQTT (Mqtt:Unlock), and makes it first where there is none.

            Scan the QR code with an authenticator app, on every phone that may unlock. The app shows a code of six digits, another one
            every 30 s; type it where Home Assistant asks for the lock's code. Whoever sees the QR code can unlock the door.
            Example: sudo dooragent link totp
            """) { another };
        command.SetAction(result => Show(
            LinkCommand.SettingsOf(result), LinkPlaces.Of(CommonOptions.DataPlacesOf(result)), result.GetValue(another)));
        return command;
    }

    private static int Show(LoadedSettings settings, LinkPlaces places, bool isNew)
    {
        LinkOptions link = settings.Section<LinkOptions>();
        MqttOptions options = settings.Section<MqttOptions>();
        byte[]? secret = isNew ? null : Existing(options, places.State);
        if (isNew && options.TotpFile is null && LinkSecrets.OfThisProcess().Read(CodeSecret.Name, null) is not null)
        {
            throw new UserErrorException($"The service has the secret as a credential, which comes before a file: remove "
                + $"{LinkSecrets.Prefix}{CodeSecret.Name} from /etc/credstore.encrypted or /etc/credstore first.");
        }

        if (secret is null)
        {
            secret = CodeSecret.Create();
            string file = Write(options, places.State, secret);
            Console.WriteLine($"Made a secret: {file}, which only the link's user may read.");
        }

        string uri = CodeSecret.Uri(secret, link.Name);
        Console.WriteLine($"address: {uri}");
        Console.WriteLine($"by hand: {CodeSecret.Print(secret)} (time-based, {CodeRule.Digits} digits, {CodeRule.StepSeconds} s, SHA-1)");
        if (!Console.IsOutputRedirected)
            Console.WriteLine(TerminalQrCode.Of(uri));
        Console.WriteLine(
            "Scan it with an authenticator app. Then unlock the lock of this door in Home Assistant, and type the app's six digits.");
        if (!options.Unlock)
        {
            Console.WriteLine("Codes do nothing yet: set Mqtt:Unlock to true in the link's settings and in the door's, "
                + "and restart dooragent and dooragent-link.");
        }

        return 0;
    }

    private static byte[]? Existing(MqttOptions options, string state)
    {
        LinkSecrets secrets = LinkSecrets.OfThisProcess();
        return secrets.Read(CodeSecret.Name, null) is null && !File.Exists(options.TotpFile ?? CodeSecret.FileIn(state))
            ? null : CodeSecret.Read(options.TotpFile, secrets, state);
    }

    private static string Write(MqttOptions options, string state, byte[] secret)
    {
        string path = options.TotpFile ?? CodeSecret.FileIn(state);
        try
        {
            DataDirectory.Ensure(Path.GetDirectoryName(Path.GetFullPath(path))!);
            string part = path + ".part";
            using (FileStream file = DataDirectory.CreateFile(part))
            {
                file.Write(Encoding.ASCII.GetBytes(CodeSecret.Print(secret) + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The secret cannot be written: {failure.Message} Run the command with sudo.", failure);
        }
    }
}
