"""Two nodes and no language model: what was said is noted, then answered."""

from langchain_core.messages import AIMessage
from langgraph.graph import END, START, MessagesState, StateGraph


class State(MessagesState):
    heard: str


def listen(state: State) -> dict:
    return {"heard": state["messages"][-1].content}


def answer(state: State) -> dict:
    count = sum(message.type == "human" for message in state["messages"])
    return {"messages": [AIMessage(f"{count}: {state['heard']}")]}


builder = StateGraph(State)
builder.add_node("listen", listen)
builder.add_node("answer", answer)
builder.add_edge(START, "listen")
builder.add_edge("listen", "answer")
builder.add_edge("answer", END)
graph = builder.compile()
