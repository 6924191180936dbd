Console.Error.WriteLine("dooragent: no verbs yet");
return 1;
