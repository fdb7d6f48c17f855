import { connect, emit, filled, onClick, value } from "./test_page.js";

onClick("connect", () => connect(filled({ token: value("token") })));
onClick("join", () => emit("join_conversation", { conversation_id: value("conversation") }));
onClick("leave", () => emit("leave_conversation", { conversation_id: value("conversation") }));
onClick("send", () => {
  const project = value("project");
  const metadata = project === "" ? undefined : { project_id: project };
  emit("chat", filled({ message: value("message"), conversation_id: value("conversation"), metadata }));
});
