using System.CommandLine;
using System.CommandLine.Help;
using DoorAgent.Commands.Anchoring;
using DoorAgent.Commands.Badges;
using DoorAgent.Commands.Calibrating;
using DoorAgent.Commands.Camera;
using DoorAgent.Commands.Door;
using DoorAgent.Commands.Evaluating;
using DoorAgent.Commands.Explain;
using DoorAgent.Commands.Fleet;
using DoorAgent.Commands.Guide;
using DoorAgent.Commands.Key;
using DoorAgent.Commands.Link;
using DoorAgent.Commands.Log;
using DoorAgent.Commands.Models;
using DoorAgent.Commands.Pad;
using DoorAgent.Commands.Page;
using DoorAgent.Commands.People;
using DoorAgent.Commands.Setup;
using DoorAgent.Commands.Trying;

namespace DoorAgent.Commands;

/// <summary>Assembles the command line: the options that every verb takes, and the verbs.</summary>
internal static class Root
{
    /// <summary>Creates the root command for a command line. The process of the page, whose memory counts while somebody looks, makes its
    /// own verb only.</summary>
    public static RootCommand For(string[] args)
    {
        if (args is not [PageCommand.Name, PageServeCommand.Name, ..])
            return Create();
        RootCommand root = new() { CommonOptions.Config, CommonOptions.Data, CommonOptions.Models, CommonOptions.Set, PageCommand.Create() };
        VerbHelp.Install(root);
        return root;
    }

    /// <summary>Creates the root command, which prints the help when no verb is given.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new("""
            Opens one door for the right face: reads a badge and a camera, decides, and drives the lock.

            In doubt the door stays locked, and the log says why. Data are in --data, settings in --config;
            settings may also be environment variables, DOORAGENT_Doors__AccessTime=5s.
            Exit codes: 0 done, 1 the answer is no, 2 an error that the message explains.
            """)
        {
            CommonOptions.Config,
            CommonOptions.Data,
            CommonOptions.Models,
            CommonOptions.Set,
            RunCommand.Create(),
            SimulateCommand.Create(),
            TryCommand.Create(),
            SetupCommand.Create(),
            StatusCommand.Create(),
            WatchCommand.Create(),
            LogCommand.Create(),
            OperatorOrderCommand.CreateUnlock(),
            OperatorOrderCommand.CreateLock(),
            ModeCommand.Create(),
            OperatorOrderCommand.CreateAcknowledge(),
            RelockCommand.Create(),
            PeopleCommand.Create(),
            BadgesCommand.Create(),
            KeyCommand.Create(),
            PictureMatchCommand.CreateVerify(),
            PictureMatchCommand.CreateIdentify(),
            ExplainCommand.Create(),
            ModelsCommand.Create(),
            CameraCommand.Create(),
            CalibrateCommand.Create(),
            EvaluateCommand.Create(),
            PadReportCommand.Create(),
            PadCommand.Create(),
            PinsCommand.Create(),
            ConfigCommand.Create(),
            LinkCommand.Create(),
            FleetCommand.Create(),
            PageCommand.Create(),
            AnchorCommand.Create(),
            DoctorCommand.Create(),
            VerifyInstallCommand.Create(),
            HelpCommand.Create(),
        };
        NumberOptions.CheckIn(root);
        UnknownOptions.CheckIn(root);
        VerbHelp.Install(root);
        Completions.AddTo(root);
        root.SetAction(result => new HelpAction().Invoke(result));
        return root;
    }
}
